// Words that name, in a dialog, what is signed there and which item it is about.

/** An item that has to be explained or judged. */
export const about = {
  call: (rung: string, obligation: string) => `${rung}：${obligation}没有按期完成`,
  what: (title: string, note = '') => `事项：${title && note ? `${title}（${note}）` : title || note}`,
  unit: (unit: string) => `说明单位：${unit}`,
  concerned: (unit: string) => `责任单位：${unit}`,
  due: (at: string) => `最迟 ${at} 说明`,
  said: (when: string, text: string) => `${when} 的说明：${text}`, lateSaid: (long: string) => `已超 ${long}，现在仍可以提交，会记为超期说明`, refused: (note: string) => `上一次说明没有通过：${note}`, persons: (names: string) => `责任人：${names}`, unexplained: (due: string) => (due ? `说明：还没有说明，最迟 ${due} 说明` : '说明：还没有说明'), overtaken: '已由更高一级督促代替，不用另作说明；写了也会一并记录。',
  opened: (reason: string) => `立案理由：${reason}`,
} as const

/** An area report, by whoever signs, seals, files or accepts it. */
export const report = {
  of: (unit: string, stage: string) => `${unit}：${stage}阶段的结果报告`,
  list: (many: number) => (many ? `点位清单 ${many} 处` : '点位清单为空（零报告）'),
  open: (many: number) => (many ? `清单中还没有办结 ${many} 处` : '清单中的点位已全部办结'),
  omitted: (many: number) => (many ? `报告签字以后又发现遗漏 ${many} 处（不在清单内）` : '报告签字以后没有发现遗漏'),
  signed: (who: string, when: string) => `${who} ${when} 签字`,
} as const

/** The guarantee: who vouches to whom, and for what. */
export const guarantee = {
  /** By the level of whoever gives it. */
  vouches: { village: '村居保乡镇', township: '乡镇保县区', county: '县区保全市' } as Record<string, string>,
  to: (above: string, vouches: string) => `向${above}作出保证${vouches ? `（${vouches}）` : ''}。`,
  above: '上一级',
  asks: '文件要求：以村居保乡镇、以乡镇保县区、以县区保全市，层层传导责任压力。',
  text: (unit: string, above: string) => `我是${unit}第一责任人，向${above}保证：辖区内的“小化工”摸排到位，不漏一处；发现的彻底整治，不留后患。以后发现有遗漏或者整治不到位的，由我承担责任。`,
  help: '已拟好一份，请逐字读过，可以修改。',
} as const

/** A finding's answer, a task's report, an exposure, by whoever accepts it. */
export const judged = {
  finding: (text: string) => `问题：${text}`, task: (text: string) => `任务：${text}`,
  answer: (when: string, text: string, photos: number) => `${when} 的答复：${text}${photos ? `（照片 ${photos} 张）` : ''}`,
  reveal: (who: string, why: string) => `${who}申请，理由：${why}`,
  exposed: (enterprise: string) => `名称：${enterprise}`, facts: (text: string) => `内容：${text}`,
} as const
