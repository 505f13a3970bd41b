#!/usr/bin/python3
"""Everything is for its owner alone, but the site."""

import os
import shutil
import stat

import observatory
import program
from program import Case


class Permissions(Case):
    def modes(self, folder):
        wrong = {}
        for path in [folder, *folder.rglob("*")]:
            name = str(path.relative_to(folder))
            if path.is_symlink():
                continue
            public = name == "site" or name.startswith("site/")
            expected = (0o711 if name == "." else
                        (0o755 if public else 0o700) if path.is_dir() else
                        0o644 if public else 0o600)
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode != expected:
                wrong[name] = oct(mode)
        return wrong

    def test_only_the_site_is_for_others_whatever_the_umask(self):
        for umask in (0o000, 0o022, 0o077):
            with self.subTest(oct(umask)):
                made = self.folder / oct(umask)

                def masked(u=umask):
                    os.umask(u)

                self.succeed("init", made, preexec_fn=masked)
                self.assertEqual(self.modes(made), {})
                shutil.rmtree(made)
                observatory.make(made)
                rows = [observatory.complaint(n) for n in range(1, 60)]
                rows[3]["siret"] = "1"
                for name in ("observatory.json", "marketplaces.json", "method.json"):
                    (made / name).chmod(0o600)
                observatory.drop(made, "a.csv", observatory.export(rows)).chmod(0o600)
                self.succeed("-C", made, "run", preexec_fn=masked)
                self.assertEqual(len(os.listdir(made / "rejects")), 1)
                self.assertEqual(self.modes(made), {})

    def test_what_is_written_on_request_is_for_its_owner_alone(self):
        made = observatory.make(self.folder / "o", exports=[
            ("first.csv", observatory.complaints(1, 60))])
        self.succeed("-C", made, "run", "--as-of", "2026-10")
        self.succeed("-C", made, "score", "-o", self.folder / "e.json",
                     preexec_fn=lambda: os.umask(0))
        self.assertEqual((self.folder / "e.json").stat().st_mode & 0o777, 0o600)


if __name__ == "__main__":
    program.main()
