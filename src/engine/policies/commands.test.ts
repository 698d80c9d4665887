import { expect, test } from "vitest";
import { commandEnd } from "./commands.ts";

const told = (command: string | null, entrypoint: string | null = null): string => {
  const end = commandEnd(entrypoint, command);
  if (end === null) return "nothing is known";
  if (!end.ends) return "serves";
  return `ends after ${end.runMs} ms with ${end.exitCode}${end.isInteractive ? ", since nobody types" : ""}`;
};

test.each([
  [null, "nothing is known"],
  ["python3", "ends after 1.3 ms with 0, since nobody types"],
  ["/bin/bash", "ends after 1.3 ms with 0, since nobody types"],
  ['["bash", "-l"]', "ends after 1.3 ms with 0, since nobody types"],
  ['["python", "app.py"]', "serves"],
  ["python -m http.server", "serves"],
  ["nginx -g daemon off;", "serves"],
  ["mysqld", "serves"],
  ["true", "ends after 1.3 ms with 0"],
  ["false", "ends after 1.3 ms with 1"],
  ["echo hello", "ends after 1.3 ms with 0"],
  ["sleep 5", "ends after 5000 ms with 0"],
  ["sleep 2m", "ends after 120000 ms with 0"],
  ["sleep infinity", "serves"],
  ['["sh", "-c", "exit 3"]', "ends after 1.3 ms with 3"],
])("%s: %s", (command, end) => {
  expect(told(command)).toBe(end);
});

test("an entry point is run with the command as its arguments", () => {
  expect(told('["app.py"]', '["python"]')).toBe("serves");
  expect(told(null, "sh")).toBe("ends after 1.3 ms with 0, since nobody types");
});
