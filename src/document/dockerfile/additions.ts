import { writesFiles, type Addition, type Keyword, type LayerRole } from "./dockerfile.ts";

const unitBytes: Readonly<Record<string, number>> = { kb: 1e3, mb: 1e6, gb: 1e9 };
const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000 };

/**
 * What RUN and COPY add where nobody says it: a playground cannot run a shell. A comment on the line before says
 * better: `# adds 35 MB in 12 s`.
 */
const usual: Readonly<Record<"RUN" | "COPY" | "ADD", Addition>> = {
  RUN: { bytes: 20e6, buildMs: 5000 },
  COPY: { bytes: 5e6, buildMs: 100 },
  ADD: { bytes: 5e6, buildMs: 100 },
};

/** "bad": the comment above begins like a statement of size, and is none. */
export function additionOf(keyword: Keyword, comment: string | undefined): Addition | null | "bad" {
  if (!writesFiles.has(keyword)) return null;
  const standard = usual[keyword as keyof typeof usual];
  if (comment === undefined || !/^adds\b/i.test(comment)) return standard;
  const told = /^adds\s+(\d+(?:\.\d+)?)\s*(kB|MB|GB)(?:\s+in\s+(\d+(?:\.\d+)?)\s*(ms|s|min))?$/i.exec(comment.trim());
  if (told === null) return "bad";
  const [, amount, unit = "", time, timeUnit = ""] = told;
  return {
    bytes: Math.round(Number(amount) * (unitBytes[unit.toLowerCase()] ?? 1)),
    buildMs: time === undefined ? standard.buildMs : Math.round(Number(time) * (unitMs[timeUnit.toLowerCase()] ?? 1)),
  };
}

/** Files that list what a program depends on, in the languages whose images people build most. */
const manifests = /(^|[\s/])(requirements[\w.-]*\.txt|package(-lock)?\.json|pom\.xml|build\.gradle|go\.(mod|sum)|Gemfile|Cargo\.toml)\b/;
const settings = /\.(conf|cfg|cnf|ini|ya?ml|toml|properties|env)\b/;

/** RUN installs things, COPY brings code unless the name says that it brings configuration or a list of dependencies. */
export function roleOf(keyword: Keyword, argument: string): LayerRole {
  if (keyword === "RUN") return "dependencies";
  if (!writesFiles.has(keyword)) return "configuration";
  if (manifests.test(argument)) return "dependencies";
  return settings.test(argument) ? "configuration" : "code";
}
