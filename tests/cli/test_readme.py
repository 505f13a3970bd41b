"""The README's tour holds word for word."""

import pathlib
import re
import subprocess
import tempfile
import unittest

from program import PROGRAM, ROOT, environment

README = (ROOT / "README.md").read_text(encoding="utf-8")


def steps():
    """(command, expected output) of every `$` line of the console blocks, in order."""
    for block in re.findall(r"```console\n(.*?)\n```", README, re.S):
        command, expected = None, []
        lines = iter(block.split("\n"))
        for line in lines:
            if not line.startswith("$ "):
                expected.append(line)
                continue
            if command is not None:
                yield command, "\n".join(expected)
            command, expected = line[2:], []
            if "<<'END'" in command:
                for document in lines:
                    command += "\n" + document
                    if document == "END":
                        break
        yield command, "\n".join(expected)


class Tour(unittest.TestCase):
    def test_every_command_prints_what_the_readme_says(self):
        path = f"{pathlib.Path(PROGRAM).resolve().parent}:/usr/bin:/bin"
        ran = 0
        with tempfile.TemporaryDirectory() as folder:
            for command, expected in steps():
                if command.startswith(("./dev ", "export PATH=")):
                    continue
                done = subprocess.run(["sh", "-c", command], cwd=folder,
                                      env=environment(PATH=path), text=True,
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                self.assertEqual(done.returncode, 0, f"{command}\n{done.stdout}")
                self.assertEqual(done.stdout.rstrip("\n"), expected, command)
                ran += 1
        self.assertGreater(ran, 8)


if __name__ == "__main__":
    unittest.main()
