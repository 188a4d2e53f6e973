// Words of the work list.

export const work = {
  title: '我的待办',
  search: '地点、企业、单位或编号',
  only: '只看',
  all: '全部',
  overdue: '已超期',
  mine: '指名由我办的',
  urgent: '紧急',
  explain: '提交说明',
  missed: '没有按期完成：', undated: '没有期限', unreported: '阶段已结束，还没有上报', draft: '起草结果报告', ended: /(\d{4})[年-](\d{1,2})[月-](\d{1,2})日?\s?结束$/, others: /（另有 \d+ 项移送）$/, go: '去办理', number: (number: string) => `编号\u00a0${number}`, due: (when: string) => `期限\u00a0${when}`,
  tip: (number: string) => `线索 ${number}`,
  stageReport: (stage: string) => `${stage}阶段的结果报告`,
  none: '没有待办。有新的事项会自动出现在这里。',
  noneFound: '没有符合条件的待办，请放宽条件再看。',
  toCall: '去接听登记',
  count: (total: number, overdue: number) => `共 ${total} 项，其中超期 ${overdue} 项`,
} as const
