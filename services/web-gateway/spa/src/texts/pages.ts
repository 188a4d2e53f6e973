// What pages are called, in the menu and in the browser's title, and the headings of the menu.
import { common } from './common'

export const menus = { work: '办理', intake: '受理', oversight: '督办', supervision: '督导', system: '系统' } as const

export const pageTitles = {
  work: '我的待办', tips: '线索', tip: '线索详情', cases: '案件', case: '案件详情', map: '分布图',
  search: '查找', profile: '个人资料',
  call: '接听登记', calls: '来电来访记录', transcripts: '待整理的录音和短信', screening: '待甄审', assigning: '待交办', stuck: '卡在哪里',
  figures: '统计', accountability: '督促与问责', reports: '结果上报', report: '结果报告', facts: '记录查找', replay: '案件回放', thread: '全过程回放',
  draws: '验收抽签', draw: '一次抽签', findings: '督导问题', special: '专项督查', tasks: '联席会议任务', exposures: '警示曝光', bulletin: '联席会议周报', approvals: '身份查看和奖励',
  units: '单位', staff: '人员', import: '导入', calendar: '工作日历', settings: '各项设置', setting: '设置', hotlines: '举报电话', health: '运行情况',
} as const

/** The browser's title; of what is no page only the product's name. */
export function windowTitle(page?: string): string {
  return page ? `${page} · ${common.product}` : common.product
}
