// The benchmark's work in DuckDB: node duckdb.mjs PEERS stored|query EXPORT DATABASE
import { createRequire } from "node:module";

const [, , peers, how, file, database] = process.argv;
const { DuckDBInstance } = createRequire(peers + "/")("@duckdb/node-api");
const instance = await DuckDBInstance.create(how === "stored" ? database : ":memory:", {
  threads: "2",
});
const connection = await instance.connect();
let source = `read_csv('${file.replaceAll("'", "''")}', header = true)`;
if (how === "stored") {
  await connection.run(`CREATE TABLE complaint AS SELECT * FROM ${source}`);
  source = "complaint";
}
const result = await connection.runAndReadAll(
  `SELECT "Place de marché concernée" AS place,
          substr(CAST("Déposé le" AS VARCHAR), 1, 7) AS month, count(*) AS records
     FROM ${source} GROUP BY ALL ORDER BY ALL`,
);
console.log(result.getRows().reduce((sum, row) => sum + Number(row[2]), 0));
connection.closeSync();
instance.closeSync();
