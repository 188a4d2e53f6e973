// Words of the console that stand in more than one place.
import words from '@words'

export const common = {
  attests: '您签字确认的内容：', refuses: '您不予通过的内容：',
  product: '明察工作台',
  loading: '正在读取……',
  nothing: '这里还没有内容。', afterwards: '后续事项',
  retry: '再试一次',
  cancel: '取消',
  close: '关闭',
  search: '查找',
  more: '继续加载',
  submit: '提交',
  saved: '已记录。',
  required: '必填',
  basis: '依据',
  reference: '问题编号',
  offline: '网络已断开，恢复后自动继续。', offlineKept: '您填写的内容还在。',
  conflict: '您打开以后，别人刚刚改过。已读取最新情况，请核对后再提交；您填写的内容没有丢。',
  signature: '密码（签字）',
  password: '请输入您的登录密码确认',
  passwordMissing: '请输入您的登录密码，确认由您本人签字。',
  capsLock: '大写锁定已打开，密码区分大小写。',
  choose: '请选择',
  unit: '单位',
  findUnit: '按名称或代码查找',
  unitsUnread: '单位名录没有读到，现在还不能判断哪些事项由您办理。', unitsNoChoice: '单位名录没有读到，暂时不能选单位。',
  searchChoice: '输入其中几个字查找',
  noChoice: '没有符合的选项，请换几个字。',
  findCase: '输入地点、企业、案情或编号查找', findPerson: '输入姓名或账号查找', notFound: '没有读到，请再输一次。', moreUnits: (many: number) => `只列出前 ${many} 个，请多输几个字。`, moreFound: (many: number) => `后面还有 ${many} 个以上，请多输几个字。`,
  mistakes: (labels: readonly string[]) => `有 ${labels.length} 处需要改正：${labels.join('、')}。`,
  yes: '是',
  no: '否',
} as const

/** What is missing of a form, by what one does there. */
export const missingWords = {
  write: (label: string) => `请填写“${label}”。`,
  choose: (label: string) => `请选择“${label}”。`,
  add: (label: string) => `请添加“${label}”。`,
} as const

/** What no answer of the gateway says: what went wrong and what to do. */
export const troubles = {
  noAnswer: { detail: '服务器没有给出可读的答复。', remedy: '请稍后再试。' },
  unreachable: { detail: '连不上服务器。', remedy: '请检查网络；您填写的内容还在，恢复后再提交即可。' },
  signedOut: { detail: '已经退出登录。', remedy: '请重新登录后再办理。' },
} as const

/** Limits as the settings have them now, and what is said until they are read. */
export const limitWords = {
  asConfigured: '按现行规定',
  both: (normal: string, urgent: string) => `${normal}，紧急的 ${urgent}`,
  onDays: (days: string) => `第 ${days} 天`, onSomeDays: '按规定的天数',
  notAfter: (stage: string, day: string) => `，最晚不超过${stage}阶段最后一天（${day}）`,
  ladder: (days: readonly number[], repeat: number) => `满 ${days[0]} 个工作日督办第一责任人，满 ${days[1]} 个工作日约谈，满 ${days[2]} 个工作日通报批评，满 ${days[3]} 个工作日移送纪委监委，以后每 ${repeat} 天重复`,
  someLadder: '满规定的天数，依次督办第一责任人、约谈、通报批评、移送纪委监委，以后定期重复',
} as const

export const states: Record<string, string> = words.case_state
export const tipStates: Record<string, string> = words.tip_state
/** Rows of the ledger name classes by capitals, facts do not. */
export const classes: Record<string, string> = Object.fromEntries(Object.entries(words.class).map(([code, called]) => [code.toUpperCase(), called]))
export const channels: Record<string, string> = words.channel
/** As the public form puts it. */
export const seen: Record<string, string> = words.seen
export const measures: Record<string, string> = words.measure
export const rungs: Record<string, string> = words.rung
export const stages: Record<string, string> = words.stage
export const levels: Record<string, string> = words.level
export const rejections: Record<string, string> = words.rejection

/** The word for a code; the code itself if there is none. */
export function word(words: Record<string, string>, code: string | null | undefined): string {
  return code ? (words[code] ?? code) : ''
}
/** Choices of a form from such words. */
export function choices(words: Record<string, string>): Array<{ value: string; label: string }> {
  return Object.entries(words).map(([value, label]) => ({ value, label }))
}
/** Some of the words, by their codes. */
export function some<Code extends string>(of: Readonly<Record<Code, string>>, ...codes: Code[]): Record<string, string> {
  return Object.fromEntries(codes.map((code) => [code, of[code]]))
}
