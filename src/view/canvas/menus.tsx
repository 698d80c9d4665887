import type { ReactNode } from "react";
import { switchDiscovery } from "../../document/switch-discovery.ts";
import type { LinkId, NodeId } from "../../document/topology.ts";
import { faceOf } from "../kit/face.ts";
import { canvasWord, roleWord } from "../kit/kit-words.ts";
import { actsOf, doAct } from "../keys/act-on.ts";
import { keyMap, keyOfAct, keyText } from "../keys/key-map.ts";
import { uiCommands } from "../keys/ui-commands.ts";
import { toast } from "../shell/toast.ts";
import { currentDocument, currentSelection } from "../state/document-store.ts";
import { actName, kindWords, useLanguage, words, type Language } from "../words/words.ts";
import { fitView } from "./camera.ts";
import { isCut } from "./cut-links.ts";
import { FloatingMenu, type Choice, type Rule } from "./floating-menu.tsx";
import { linkName } from "./link-label.ts";
import { linkableEnds, linkTo, linkToNew, newEnds, refusedEnds } from "./link-ends.ts";
import { endMode, openMenu, useMode, type MenuTopic } from "./modes.ts";
import { homesFor, moveInto, refusedHomes } from "./moving.ts";
import { imageOf } from "../images/image-of.ts";
import { kindOf, kinds } from "../state/kinds.ts";
import { besideOf } from "./in-hand.ts";

/** The menu that is open on the canvas, if one is. */
export function CanvasMenu() {
  const menu = useMode((context) => context.menu);
  const language = useLanguage((state) => state.language);
  if (menu === null) return null;
  const { label, choices } = contentOf(menu, language);
  return (
    <FloatingMenu key={menu.about} at={menu.at} label={label} choices={choices} empty={canvasWord(language, "noEnds")} close={endMode} />
  );
}

interface Content {
  readonly label: string;
  readonly choices: readonly (Choice | Rule)[];
}

function contentOf(menu: MenuTopic, language: Language): Content {
  switch (menu.about) {
    case "node":
      return nodeMenu(menu, language);
    case "link":
      return linkMenu(menu.id, language);
    case "ends":
      return endsMenu(menu.id, language);
    case "homes":
      return homesMenu(menu.id, language);
    case "new end":
      return newEndMenu(menu, language);
    case "canvas":
      return canvasMenu(language);
  }
}

const keys = (name: keyof typeof keyMap): string => keyText(keyMap[name]);

function nodeMenu({ id, at }: Extract<MenuTopic, { about: "node" | "link" }>, language: Language): Content {
  const node = currentDocument().nodes[id];
  const word = (key: Parameters<typeof canvasWord>[1]) => canvasWord(language, key);
  return {
    label: node?.name ?? "",
    choices: [
      ...actChoices(id, node?.kind ?? null, language),
      ...runChoice(id),
      ...sideChoice(id),
      { heading: null },
      { label: word("linkTo"), keys: keys("linkTo"), run: () => openMenu({ about: "ends", id, at }) },
      { label: word("moveTo"), keys: keys("moveTo"), run: () => openMenu({ about: "homes", id, at }) },
      { label: word("rename"), keys: keys("rename"), run: uiCommands.rename.run },
      { label: word("duplicate"), keys: keys("duplicate"), run: uiCommands.duplicate.run },
      { label: word("remove"), keys: keys("remove"), run: uiCommands.remove.run },
    ],
  };
}

/** `docker run`, of what is an image, makes one, or is made of one. */
function runChoice(id: string): Choice[] {
  const image = imageOf(currentDocument().nodes[id]);
  return image === null ? [] : [{ label: words()("runImage"), keys: keys("runImage"), run: uiCommands.runImage.run }];
}

/** For what finds the instances of a service, or has them found: the other way to do it. */
function sideChoice(id: string): Choice[] {
  const to = switchDiscovery(currentDocument(), id, kinds())?.to;
  return to === undefined ? [] : [{ label: words()(`switchSide.${to}`), run: uiCommands.switchSide.run }];
}

/** What can be done to it now; done to all that is selected with it. */
function actChoices(id: string, kind: string | null, language: Language): Choice[] {
  return actsOf(id).map((name) => {
    const key = keyOfAct(name);
    return { label: actName(name, kind, language), keys: key === null ? undefined : keyText(key), run: () => doToSelection(name, id) };
  });
}

function doToSelection(name: string, id: string): void {
  const selection = currentSelection();
  const targets = selection.includes(id) ? selection.filter((other) => actsOf(other).includes(name)) : [id];
  for (const target of targets) doAct(name, target);
}

function linkMenu(id: LinkId, language: Language): Content {
  const acts = actChoices(id, null, language);
  const sensible = isCut(id) ? acts.slice(1) : acts.slice(0, 1);
  return {
    label: linkName(currentDocument().links[id], language),
    choices: [...sensible, { heading: null }, { label: canvasWord(language, "remove"), keys: keys("remove"), run: uiCommands.remove.run }],
  };
}

function endsMenu(from: NodeId, language: Language): Content {
  const { nodes } = currentDocument();
  const choices = linkableEnds(from).map(({ to, role }) => ({
    label: nodes[to]!.name,
    note: roleWord(language, role),
    icon: <KindIcon kind={nodes[to]!.kind} />,
    run: () => linkTo(from, to, role),
  }));
  const refused = refusedEnds(from).map(({ to, reason }) => refusedChoice(nodes[to]!.name, reason, <KindIcon kind={nodes[to]!.kind} />));
  const label = canvasWord(language, "linkTo");
  return {
    label,
    choices: [
      ...choices,
      ...underHeading("linkToNew", newEndChoices(from, language), language),
      ...underHeading("notPossible", refused, language),
    ],
  };
}

/** A new node at the end of a link, beside the one it starts at: what a port let go on the empty canvas gives, for keys. */
function newEndChoices(from: NodeId, language: Language): Choice[] {
  const roles = kindOf(currentDocument().nodes[from]?.kind ?? "")?.calls ?? [];
  return roles.flatMap((role) =>
    newEnds({ from, role }, null).map((kind) => ({
      label: kindWords(kind, language).name,
      note: roleWord(language, role),
      icon: <KindIcon kind={kind} />,
      run: () => linkToNew({ from, role }, kind, null, besideOf(from)),
    })),
  );
}

/** What may not be is in the list, too, with its reason: who seeks it in vain learns why. */
const refusedChoice = (label: string, note: string, icon: ReactNode): Choice => ({
  ...{ label, note, icon, refused: true },
  run: () => toast.refuse(note),
});

const underHeading = (heading: "linkToNew" | "notPossible", choices: readonly Choice[], language: Language): (Choice | Rule)[] =>
  choices.length === 0 ? [] : [{ heading: canvasWord(language, heading) }, ...choices];

/** Where else it may stand: the way of the keyboard to drop it there. */
function homesMenu(id: NodeId, language: Language): Content {
  const { nodes } = currentDocument();
  const nameOf = (home: NodeId | null) => (home === null ? canvasWord(language, "theCanvas") : nodes[home]!.name);
  const iconOf = (home: NodeId | null) => (home === null ? null : <KindIcon kind={nodes[home]!.kind} />);
  const choices = homesFor(id).map((home): Choice => {
    const note = home === null ? {} : { note: kindWords(nodes[home]!.kind, language).name };
    return { label: nameOf(home), icon: iconOf(home), ...note, run: () => moveInto(id, home) };
  });
  const refused = refusedHomes(id).map(({ home, reason }) => refusedChoice(nameOf(home), reason, iconOf(home)));
  return { label: canvasWord(language, "moveTo"), choices: [...choices, ...underHeading("notPossible", refused, language)] };
}

function newEndMenu({ drawn, parent, at }: Extract<MenuTopic, { about: "new end" }>, language: Language): Content {
  const choices = newEnds(drawn, parent).map((kind) => ({
    label: kindWords(kind, language).name,
    icon: <KindIcon kind={kind} />,
    run: () => linkToNew(drawn, kind, parent, at),
  }));
  return { label: canvasWord(language, "linkToNew"), choices: [{ heading: canvasWord(language, "linkToNew") }, ...choices] };
}

function canvasMenu(language: Language): Content {
  return {
    label: canvasWord(language, "canvas"),
    choices: [
      { label: canvasWord(language, "paste"), keys: keys("paste"), run: uiCommands.paste.run },
      { label: canvasWord(language, "selectAll"), keys: keys("all"), run: uiCommands.all.run },
      { heading: null },
      { label: canvasWord(language, "fitView"), keys: "1", run: () => void fitView() },
      { label: canvasWord(language, "commands"), keys: keys("commands"), run: uiCommands.commands.run },
    ],
  };
}

function KindIcon({ kind }: { readonly kind: string }) {
  const Icon = faceOf(kind)?.icon;
  return Icon === undefined ? null : <Icon />;
}
