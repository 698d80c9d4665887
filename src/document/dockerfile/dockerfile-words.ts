import { fill, type Language } from "../fill.ts";
import type { DockerfileError, DockerfileErrorCode } from "./dockerfile.ts";

const words: Readonly<Record<Language, Readonly<Record<DockerfileErrorCode, string>>>> = {
  en: {
    "dockerfile-empty": "it says nothing; the first instruction is FROM",
    "dockerfile-no-from": "{found} stands before the first FROM",
    "dockerfile-no-image": "FROM names no image",
    "dockerfile-unknown-instruction": "there is no instruction {found}",
    "dockerfile-no-argument": "{found} lacks its argument",
    "dockerfile-stage-not-before": "--from={found}: a stage can only copy from those before it",
    "dockerfile-unset-argument": "no ARG before the first FROM gives {found} a value",
    "dockerfile-bad-addition": "“{found}” should read like “adds 35 MB in 8 s”",
    "dockerfile-bad-duration": "“{found}” is no duration, such as 30s or 1m30s",
    "dockerfile-bad-port": "“{found}” is no port from 1 to 65535",
  },
  zh: {
    "dockerfile-empty": "内容为空；第一条指令应是 FROM",
    "dockerfile-no-from": "{found} 出现在第一个 FROM 之前",
    "dockerfile-no-image": "FROM 没有写镜像",
    "dockerfile-unknown-instruction": "没有 {found} 这条指令",
    "dockerfile-no-argument": "{found} 缺少参数",
    "dockerfile-stage-not-before": "--from={found}：只能从前面的阶段复制",
    "dockerfile-unset-argument": "第一个 FROM 之前没有给 {found} 赋值的 ARG",
    "dockerfile-bad-addition": "“{found}”应写成“adds 35 MB in 8 s”的样子",
    "dockerfile-bad-duration": "“{found}”不是时长，例如 30s 或 1m30s",
    "dockerfile-bad-port": "“{found}”不是 1 到 65535 的端口",
  },
};

const places: Readonly<Record<Language, string>> = { en: "Line {line}: {what}.", zh: "第 {line} 行：{what}。" };

/** One error of a Dockerfile as a sentence with its line. */
export function dockerfileErrorText({ code, line, values }: DockerfileError, language: Language): string {
  return fill(places[language], { line: String(line), what: fill(words[language][code], values) });
}
