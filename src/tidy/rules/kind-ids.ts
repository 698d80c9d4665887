import ts from "typescript";
import { kindOf } from "../rooms.ts";
import { isTest, judge, type Complaint, type Rule, type Source } from "../source.ts";

/** One kind, one folder: no other file may compare, list or build with a kind's id. Tests and data files may. */
export function kindIds(ids: ReadonlySet<string>): Rule {
  return (source: Source): Complaint[] => {
    if (isTest(source.path)) return [];
    const own = kindOf(source.path);
    return judge(source, (node) => {
      if (!ts.isStringLiteralLike(node) || !ids.has(node.text) || node.text === own) return null;
      return `"${node.text}" is the id of a kind and stands outside its folder`;
    });
  };
}
