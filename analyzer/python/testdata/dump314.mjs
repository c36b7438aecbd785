// Runs dump.py with the Python 3.14 of the npm package pyodide.
// usage: node dump314.mjs FOLDER-OF-PYODIDE DUMP.PY LIST

import { readFileSync, writeSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, script, list] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: folder });

const host = "/host";
python.FS.mkdir(host);
python.FS.mount(python.FS.filesystems.NODEFS, { root: "/" }, host);
python.globals.set("script", readFileSync(script, "utf-8"));
python.globals.set("paths", readFileSync(list, "utf-8").split("\n").map((path) => host + path));
python.globals.set("write_out", (data) => {
  const bytes = data.toJs();
  for (let sent = 0; sent < bytes.length; ) {
    try {
      sent += writeSync(1, bytes, sent);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
});
python.runPython(`
import sys, types
sys.argv = ["dump.py"]
dump = types.ModuleType("dump")
exec(script, dump.__dict__)
dump.main(paths, write_out)
`);
