import { linkRoles } from "../../document/link-settings.ts";
import { isRole } from "../../document/rules.ts";
import type { LinkRecord } from "../../document/topology.ts";
import { canvasWords } from "../kit/canvas-words.ts";
import { canvasWord, roleWord } from "../kit/kit-words.ts";
import { currentDocument } from "../state/document-store.ts";

/** What must be known of a link at a glance: what differs from one plain, awaited call, and how it finds its end. */
export function linkLabel(link: LinkRecord, language: "en" | "zh"): string | null {
  if (!isRole(link.role)) return null;
  const settings: Readonly<Record<string, unknown>> = { ...linkRoles[link.role].settings.defaults, ...link.settings };
  const words = canvasWords[language];
  const parts = [
    times(settings["callsPerRequest"]),
    settings["order"] === "parallel" ? words.parallel : null,
    settings["waits"] === false ? words.async : null,
    settings["waits"] === true && settings["failureFails"] === false ? words.optional : null,
    settings["retries"] !== undefined && Number(settings["retries"]) > 0 ? `↻ ${String(settings["retries"])}` : null,
    settings["weight"] !== undefined && settings["weight"] !== 1 ? `w ${String(settings["weight"])}` : null,
    finding(settings["finds"], words),
  ];
  const text = parts.filter((part) => part !== null).join(" · ");
  return text === "" ? null : text;
}

const times = (calls: unknown): string | null => (calls === undefined || calls === 1 ? null : `×${String(calls)}`);

function finding(finds: unknown, words: (typeof canvasWords)["en" | "zh"]): string | null {
  if (finds === "dns") return "DNS";
  return finds === "address" ? words.fixed : null;
}

/** How a link is told aloud: "link from client-1 to front, call". */
export function linkName(link: LinkRecord | undefined, language: "en" | "zh"): string {
  if (link === undefined) return "";
  const { nodes } = currentDocument();
  const [from, to] = [nodes[link.from]?.name ?? link.from, nodes[link.to]?.name ?? link.to];
  return canvasWord(language, "linkLabel", { from, to, role: roleWord(language, link.role) });
}
