// Words of what everybody uses: lists, photos, drafts, notices, profile, help, search, map.

export const lists = {
  any: (label: string) => `${label}：不限`,
  clear: '清除条件',
  fold: (unfolded: boolean, active: number) => (unfolded ? '收起筛选' : active ? `筛选（${active}）` : '筛选'),
  behind: '清单有了变化。', catchUp: '从头读取最新清单',
  from: '从', until: '到', stage: '阶段', overdue: '只看超期',
  day: (what: string, end: string) => `${what}时间${end}`,
  noneFound: '没有符合条件的，请放宽条件再看。', otherCondition: '其他条件',
  total: (many: number) => `共 ${many} 件`,
} as const

export const exporting = {
  going: '正在导出……',
  come: (done: string, all: string) => (all ? `已收到 ${done}，共 ${all}` : `已收到 ${done}`),
  saved: (name: string) => `已保存到下载文件夹：${name}`,
  refused: { detail: '没有导出成功，没有保存任何文件。', remedy: '请稍后再试；内容很多时，请先用条件缩小范围。' },
  brokenOff: { detail: '传到一半断开了，没有保存文件。', remedy: '请检查网络后再导出一次。' },
} as const

/** What somebody else changed meanwhile. */
export const changed = {
  title: '这期间别人改过，您的操作还没有生效',
  kept: '您填写的内容都还在。请看过下面的变化，再决定是否提交。',
  keptUnread: '您填写的内容都还在。',
  what: '变化', before: '您打开时', after: '现在',
  none: '无', there: '有',
  items: (many: number) => `${many} 项`,
  nothing: (button: string) => `还没有提交成功：刚才有人在别处作了改动，没有影响您看到的内容。您填写的都还在，请再按一次“${button}”。`,
  unread: '没有读到最新情况，请稍后再试，或者关闭后刷新页面核对。',
  reading: '正在读取最新情况……',
  go: '已看过变化，仍要提交', again: '再读一次最新情况',
  labels: {
    state_title: '办理状态', owner_name: '承办单位', class: '类别', urgency: '紧急程度', next_due: '最近期限', rung: '督促级别', co_handlers: '协办单位',
    measures_done: '已完成的措施', inspections: '现场核查', extensions: '延期申请', told: '告知举报人', messages: '举报人补充', tips: '关联线索', escalations: '督促',
    failures: '问责事项', summary: '案情摘要', enterprise: '企业', reviews_passed: '复核签字', referrals: '移送', rechecks: '回头看', progress: '甄审状态',
    screened_at: '甄审时间', case_id: '关联案件', authority: '转办部门', state: '报告状态', signed_at: '签字时间', sealed_at: '盖章时间', filed_at: '备案时间',
    returns: '退回次数', relapsed: '死灰复燃', spot_check: '抽查', closed_at: '办结时间', plan: '处置安全方案', first_responsible_name: '第一责任人', decisions: '决定', explanations: '说明',
  } as Record<string, string>,
} as const

export const photos = {
  title: '照片', camera: '拍照', album: '从相册选择（可多选）', remove: '移除', sentBefore: '已上传的照片', arrived: '已上传', missing: '照片无法显示', loading: '正在读取照片',
  progress: (name: string) => `${name} 的上传进度`,
  removeOne: (name: string) => `移除 ${name}`,
  again: '继续上传', resumes: '网络恢复后会自动接着上传，也可以现在就继续。', goesOn: '过一会儿会自动接着上传，也可以现在就继续。', fitting: '正在处理照片……', arrivedSmaller: '已上传（照片较大，已缩小）',
  tooLarge: '照片超过 10 MB，这台设备也没能缩小它，没有上传。', tooLargeRemedy: '请移除后换一张，或者把相机的照片尺寸调小再拍。',
  refused: '照片没有传上去。', stopped: '已停止上传。', unreadable: '照片无法显示。', unplayable: '录音无法播放。',
  tooSlow: '网络太慢，三分钟没有传完。', tooSlowRemedy: '请到信号好的地方再点“继续上传”。',
  waiting: (many: number) => `还有 ${many} 张没有传完，请不要离开这一页。`,
  stillWaiting: '还有照片没有传完，传完后再提交；传不上去的可以移除。',
} as const

export const draftWords = {
  kept: (when: string) => `已恢复 ${when} 未提交的内容。`,
  discard: '清空重填',
  discardAsk: '清空后，这份没有提交的核查内容就找不回来了。确定清空吗？',
  leave: '放弃填写', stay: '继续填写', leaveAsk: '填写的内容还没有提交，放弃后就找不回来了。确定放弃吗？', clearAsk: '清空后，上次填写的内容就找不回来了。确定清空吗？',
  local: '填写的内容自动保存在这个窗口里，刷新不会丢；提交或退出登录后清除。',
} as const

export const bell = {
  title: '新情况', open: (many: number) => (many > 0 ? `新情况，${many} 项没有看过` : '新情况'),
  work: '还没看过的待办', notices: '发给我的通知', none: '没有新情况。有新的待办或通知会出现在这里。', all: '查看全部待办',
  seen: '全部标为看过', whole: '全文', noSubject: '通知', about: '事项：', notSent: '邮件没有送达', failed: '没有读到，请稍后再打开。', device: '看没看过只记在这台设备上。',
} as const

export const profile = {
  title: '个人资料', account: '账号', name: '姓名', unit: '单位', roles: '角色', email: '电子邮箱', noEmail: '没有登记', first: '本单位第一责任人', yes: '是',
  ends: '登录有效期至', wrong: '资料有误、邮箱变更、调动离任，请联系系统管理员更改。', wrongAdmin: '资料有误、邮箱变更的，在“人员”里更改。',
  password: '修改密码', current: '现在的密码', next: '新密码', repeat: '再输入一次新密码', hint: '至少 10 个字符；不要与其他系统相同。',
  change: '修改密码并重新登录', follows: '改后本账号在所有设备上都要重新登录。',
  short: '新密码至少 10 个字符。', differs: '两次输入的新密码不一致。', same: '新密码与现在的相同。', empty: '请输入现在的密码。', changed: '密码已修改，请用新密码登录。',
} as const

export const search = {
  title: '查找', label: '按编号、地点、企业或案情查找', go: '查找', hint: '输入编号（可只输前几位）、地点、企业、单位、人员或案情里的文字。',
  none: (text: string) => `没有找到与“${text}”有关的内容。可以换一个词，或者只输地点中的一部分。`,
  found: (what: string) => `找到：${what}。`,
  cases: '案件', tips: '线索', people: '人员', units: '单位', facts: '有关人员最近的记录', all: (many: number) => `查看全部 ${many} 件`,
  receipt: '这像是举报人的查询码。查询码只供举报人自己查看进展，工作台不能用它查找，也请不要记录。',
  private: '查找的文字不会留在网址和浏览器的历史记录里。', replay: '回放全过程',
} as const

export const map = {
  title: '分布图', hint: '每个圆点是一件案件的点位；没有坐标的按县区合计，标在县区的大致位置。',
  sketch: '没有设置底图，只显示各点的相对位置。', unplaced: '这些案件都没有登记坐标，不画图，下面是合计和清单。举报时或者甄审时写明坐标的，会标在图上。',
  label: '点位分布图；同样的内容见旁边的清单', list: '点位清单', counts: '各县区合计', withoutPlace: (name: string, many: number) => `${name} 没有坐标的 ${many} 件`, onMap: '在图上显示', noCoordinates: '没有坐标', open: '打开案件',
  state: '办理状态', class: '类别', area: '地区或单位', openOnly: '所有未办结', none: '没有案件。', count: (all: number, placed: number) => `共 ${all} 件，其中 ${placed} 件有坐标`,
  cut: (many: number) => `只读取了前 ${many} 件，请选择地区或状态缩小范围。`, unknown: '未知地区', cases: (many: number) => `${many} 件`, overdue: (many: number) => `超期 ${many} 件`,
  legend: '图例', kinds: { overdue: '超期（红）', open: '在办（橙）', closed: '已销号或办结（绿）', alarming: '红圈：销号后的抽查、说明等超期，或者抽查不合格、死灰复燃', county: '没有坐标的，按县区合计（其中有红的画红）' },
  noneFound: '没有符合条件的案件，请放宽条件再看。', clear: '清除条件',
} as const
