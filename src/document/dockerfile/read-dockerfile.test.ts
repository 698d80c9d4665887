import { expect, test } from "vitest";
import { readConfig } from "./read-config.ts";
import { readDockerfile } from "./read-dockerfile.ts";

const shop = `# syntax=docker/dockerfile:1
ARG PYTHON=3.12
FROM python:\${PYTHON}-slim AS build
# adds 35 MB in 12 s
RUN pip install \\
    flask
COPY requirements.txt .
FROM build
COPY --from=build /usr/lib /usr/lib
COPY app.py /app/
COPY nginx.conf /etc/
ENV MODE=shop
EXPOSE 8080 9090/tcp
HEALTHCHECK --interval=5s --timeout=1m30s --retries=2 CMD curl -f http://localhost/
CMD ["python", "app.py"]
`;

function read(text: string) {
  const reading = readDockerfile(text);
  if (!reading.ok) throw new Error(JSON.stringify(reading.errors));
  return reading.dockerfile;
}

test("stages, instructions and what each adds are read with their lines", () => {
  const { stages } = read(shop);
  expect(stages.map(({ line, name, base }) => ({ line, name, base }))).toEqual([
    { line: 3, name: "build", base: { image: "python:3.12-slim" } },
    { line: 8, name: null, base: { stage: 0 } },
  ]);
  expect(stages[0]!.instructions.map(({ line, keyword, argument, adds, role }) => [line, keyword, argument, adds, role])).toEqual([
    [5, "RUN", "pip install flask", { bytes: 35e6, buildMs: 12_000 }, "dependencies"],
    [7, "COPY", "requirements.txt .", { bytes: 5e6, buildMs: 100 }, "dependencies"],
  ]);
  expect(stages[1]!.instructions.map(({ keyword, from, role }) => [keyword, from, role])).toEqual([
    ["COPY", { stage: 0 }, "code"],
    ["COPY", null, "code"],
    ["COPY", null, "configuration"],
    ["ENV", null, "configuration"],
    ["EXPOSE", null, "configuration"],
    ["HEALTHCHECK", null, "configuration"],
    ["CMD", null, "configuration"],
  ]);
});

test("the configuration is what the last stage's instructions leave behind", () => {
  expect(readConfig(read(shop).stages[1]!.instructions).config).toEqual({
    environment: ["MODE=shop"],
    ports: [8080, 9090],
    volumes: [],
    entrypoint: null,
    command: '["python", "app.py"]',
    healthCheck: { intervalMs: 5000, timeoutMs: 90_000, startPeriodMs: 0, retries: 2, command: "curl -f http://localhost/" },
  });
});

test("an entry point forgets the base's command, and HEALTHCHECK NONE its check", () => {
  const base = readConfig(read("FROM a\nCMD sleep 9\nHEALTHCHECK CMD true").stages[0]!.instructions).config;
  expect(base).toMatchObject({ command: "sleep 9", healthCheck: { intervalMs: 30_000, timeoutMs: 30_000, startPeriodMs: 0, retries: 3 } });
  const above = readConfig(read("FROM b\nENTRYPOINT run\nHEALTHCHECK NONE").stages[0]!.instructions, base).config;
  expect(above).toMatchObject({ entrypoint: "run", command: null, healthCheck: null });
});

test.each([
  ["nothing at all", "", "dockerfile-empty", 1],
  ["only a comment", "# nothing", "dockerfile-empty", 1],
  ["no FROM", "RUN echo", "dockerfile-no-from", 1],
  ["FROM without an image", "FROM", "dockerfile-no-image", 1],
  ["an unknown instruction", "FROM a\nRUM echo", "dockerfile-unknown-instruction", 2],
  ["an instruction without an argument", "FROM a\n\nRUN", "dockerfile-no-argument", 3],
  ["a stage that copies from itself", "FROM a AS b\nCOPY --from=b /x /y", "dockerfile-stage-not-before", 2],
  ["a cycle of two stages", "FROM a AS b\nCOPY --from=c /x /y\nFROM a AS c\nCOPY --from=b /x /y", "dockerfile-stage-not-before", 2],
  ["a stage number that is not before", "FROM a\nCOPY --from=0 /x /y", "dockerfile-stage-not-before", 2],
  ["an ARG that has no value", "ARG V\nFROM a:$V", "dockerfile-unset-argument", 2],
  ["a size that is none", "FROM a\n# adds some MB\nRUN x", "dockerfile-bad-addition", 3],
  ["a duration that is none", "FROM a\nHEALTHCHECK --interval=5 CMD true", "dockerfile-bad-duration", 2],
  ["a port that is none", "FROM a\nEXPOSE http", "dockerfile-bad-port", 2],
  ["a port out of range", "FROM a\nEXPOSE 70000", "dockerfile-bad-port", 2],
])("%s is refused with its line", (_, text, code, line) => {
  const reading = readDockerfile(text);
  expect(reading.ok ? [] : reading.errors.map((error) => [error.code, error.line])).toContainEqual([code, line]);
});

test("every error is told, not only the first", () => {
  const reading = readDockerfile("FROM a\nRUM x\nEXPOSE y\nFOO z");
  expect(reading.ok ? [] : reading.errors.map(({ line }) => line).toSorted()).toEqual([2, 3, 4]);
});
