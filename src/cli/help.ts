import { metrics } from "./assertion.ts";
import type { Language } from "./words.ts";

/** What `--help` prints; the acts are those of the kinds that are there. */
export function helpText(acts: ReadonlySet<string>, language: Language): string {
  const list = [...acts].map((act) => `--${act}`).join(" ");
  return language === "zh" ? chinese(list) : english(list);
}

const english = (acts: string): string => `breakwater: plays a system's architecture, breaks it, and tells what was lost and why

  breakwater run FILE [options]       play a document and print what came of it
  breakwater validate FILE            say whether a document can be played
  (FILE may be - for standard input)

Options of run
  --for 60s          how long to play, in simulated time (us, ms, s, m, h)
  --seed N           other luck than the document's
  --cold             start with nothing running
  --kill web-2@10s   do something to a node (its id, or its name) or a link (its id, or FROM/TO) at a time;
                     where it needs a number: --slow web-1@5s:4. Give it as often as you like. All of them:
                     ${acts}
  --trace FILE       write the trace, one JSON event a line
  --json             print one JSON object instead of the report
  --assert "p99<200ms"
                     end with 1 unless it holds. Metrics: ${metrics.join(", ")};
                     also "failed<=1%" (of those issued) and "detection(web-2)<=4s"
  --lang en|zh       the language of the report and of errors (default: the terminal's)

Exit code: 0 done, 1 an assertion does not hold, 2 bad input.
`;

const chinese = (acts: string): string => `breakwater：运行一个系统架构，制造故障，并说明损失了什么、为什么

  breakwater run 文件 [选项]          运行文档并打印结果
  breakwater validate 文件            检查文档能否运行
  （文件可以写 -，即标准输入）

run 的选项
  --for 60s          运行多久，按模拟时间（us、ms、s、m、h）
  --seed N           换一个随机种子
  --cold             冷启动：开始时什么都没有运行
  --kill web-2@10s   在某一时刻对节点（标识符或名称）或连线（标识符，或 起点/终点）执行操作；
                     需要数值时写成 --slow web-1@5s:4。可以给出多个。全部操作：
                     ${acts}
  --trace 文件       写出轨迹，每行一个 JSON 事件
  --json             打印一个 JSON 对象，而不是报告
  --assert "p99<200ms"
                     不成立时以 1 退出。指标：${metrics.join("、")}；
                     也可以写 "failed<=1%"（占已发出的百分比）和 "detection(web-2)<=4s"
  --lang en|zh       报告和错误信息的语言（默认跟随终端）

退出码：0 完成，1 有断言不成立，2 输入有误。
`;
