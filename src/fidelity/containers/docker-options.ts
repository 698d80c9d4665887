import { NotUnderstood, type RecordedCase } from "../recorded-case.ts";

/** How the recorded container was run: read from the case's name, its texts and its tables, whichever tells. */
export interface DockerOptions {
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly startPeriodMs: number;
  readonly startIntervalMs: number;
  readonly retries: number;
  readonly restart: string;
  readonly restartMax: number;
}

/** Docker's own defaults ([S] moby health.go); a `start interval` there is from version 25 on. */
export function dockerOptions(recorded: RecordedCase): DockerOptions {
  const told = toldIn(recorded);
  const intervalMs = durationMs(told, /(?<!start[-_ ]?)interval/u) ?? 30_000;
  const version = Number(/^docker\D*(\d+)/u.exec(recorded.meant)?.[1] ?? 0);
  const retries = /retries["'=:_ ]*(\d+)|(\d+)[-_ ]?retries/u.exec(told);
  const restart = /on[-_ ]failure(?:[:_ ](\d+))?|unless[-_ ]stopped|restart[-_=": ]+(always|no)\b|restart[-_ ](always|no)[-_ ]/u.exec(told);
  return {
    intervalMs,
    timeoutMs: durationMs(told, /timeout/u) ?? 30_000,
    startPeriodMs: durationMs(told, /start[-_ ]?period/u) ?? 0,
    startIntervalMs: version >= 25 ? (durationMs(told, /start[-_ ]?interval/u) ?? 5000) : intervalMs,
    retries: Number(retries?.[1] ?? retries?.[2] ?? 3),
    restart: restart === null ? "no" : policyOf(restart[0]),
    restartMax: Number(restart?.[1] ?? 0),
  };
}

function policyOf(text: string): string {
  if (/^on/u.test(text)) return "on-failure";
  if (/^unless/u.test(text)) return "unless-stopped";
  return /always/u.test(text) ? "always" : "no";
}

/** All that the case says of itself, apart from what was measured. */
export function toldIn({ name, fields }: RecordedCase): string {
  const said = Object.entries(fields).filter(
    ([key, value]) => !/^(?:group|system|case|note|expect)$/u.test(key) && (typeof value === "string" || isTable(value)),
  );
  return [name, ...said.map(([key, value]) => `${key} ${typeof value === "string" ? value : JSON.stringify(value)}`)].join(" ");
}

const isTable = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

/** `interval1s`, `interval_ms=500`, `--health-interval=1m`, `"interval_s": 2`. */
function durationMs(told: string, name: RegExp): number | null {
  const found = new RegExp(`${name.source}(?:[-_](ms|s))?["'=:_ ]*(\\d+(?:\\.\\d+)?)(ms|s|m)?(?![\\d.])`, "u").exec(told);
  if (found === null) return null;
  const unit = found[3] ?? found[1];
  if (unit === undefined) throw new NotUnderstood(`${found[0]}: of which unit`);
  return Number(found[2]) * { ms: 1, s: 1000, m: 60_000 }[unit as "ms" | "s" | "m"];
}
