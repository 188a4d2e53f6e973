// Words of the pages of the system's administrator: units, staff, calendars, settings, health.
import words from '@words'
import { levels } from './common'
import { obligations as told } from './oversight'
import { pageTitles } from './pages'

export const obligations = told
export const kinds: Record<string, string> = words.unit_kind
export const departments: Record<string, string> = words.department
export const roles: Record<string, string> = words.role
export const owes: Record<string, string> = words.stage_duty

export const said = {
  name: '名称', level: '层级', kind: '类型', department: '部门', parent: '上级单位', email: '电子邮箱', code: '单位代码', person: '姓名', account: '账号', unit: '单位', roles: '角色', firstResponsible: '第一责任人', hours: '接听时间',
  normal: '普通', urgent: '紧急', limits: (normal: string, urgent: string) => `普通 ${normal}，紧急 ${urgent}`,
  atOnce: '到期未办，立即', afterMissed: (days: number) => `超期后第 ${days} 个工作日`, repeat: '移送后重复提醒', everyDays: (days: number) => `每 ${days} 天一次，直到答复`,
  window: '问责事项和突出问题的统计天数', counted: { open_findings: '未整改的督导问题', grave_findings: '突出问题', failures: '问责事项', overdue: '超期事项（不含答复督促）' },
  reaches: (number: number) => `达到 ${number} 项`, notCounted: '不设督查线',
  rechecks: '销号后回头看', onDay: (day: number) => `第 ${day} 天`, approval: '身份查看有效期', rewardVersion: (version: string) => `${version} 版`,
  reward: (from: string, share: number, least: number, most: number, insider: number, document: string) => `${from}起收到的举报，罚款的 ${share}%，最低 ${least.toLocaleString('zh-CN')} 元，最高 ${most.toLocaleString('zh-CN')} 元，内部知情人按 ${insider}% 计。${document}`,
  span: (from: string, to: string) => (to ? `${from}至${to}` : `${from}起，不设结束日期，不要求到期上报`), owed: (duty: string, begins: boolean) => `${begins ? '开始后' : '到期'}各单位须${duty}`, caps: '其余处置措施的期限不晚于本阶段结束', ownDates: '按每项任务自定',
  holiday: '节假日', makeUp: '调休上班', noRule: '没有适用的标准', fine: (wan: number, insider: boolean) => `罚款 ${wan} 万元的${insider ? '内部知情人' : ''}举报`, closedOn: (day: string) => `${day}销号的点位`,
} as const

export const history = {
  title: '变动记录', open: '变动记录', hint: '每一次变动都永久保存，不能修改或删除。', none: '没有变动记录。', first: '首次登记的内容', changed: '改动前后',
  amended: { 'unit.registered': '修改单位', 'staff.registered': '修改人员', 'hotline.published': '修改举报电话', 'calendar.year_set': '更正工作日历' } as Record<string, string>,
  bySystem: '系统', byOwner: '本人或系统管理员', by: (who: string) => `办理人：${who}`, merged: (into: string, why: string) => `并入${into}。依据：${why}`, handedOver: (from: string, to: string, reason: string) => `${from ? `由 ${from} 交给 ${to}` : `由 ${to} 接任`}。依据：${reason}`,
  reason: (why: string) => `理由：${why}`, basis: (what: string) => `依据：${what}`, noReason: '没有写明理由。', advanced: (long: string) => `向前拨了 ${long}`, from: (day: string) => `自${day}起执行`, nothing: '内容与原来相同。', was: '改前', is: '改后', absent: '无', items: (many: number) => `${many} 项`,
} as const

export const units = {
  title: '单位', hint: '单位、上下级关系和第一责任人决定每件事交给谁、由谁签字、向谁督办。', search: '按名称或代码查找', none: '还没有单位。可以逐个添加，或者从表格导入。', noneFound: '没有找到这样的单位。', choose: '请在左侧选择一个单位。', back: '返回单位列表', count: (many: number) => `共 ${many} 个单位`,
  add: '添加单位', addBelow: '添加下级单位', edit: '修改单位', change: '修改', handOver: '第一责任人交接', staff: '本单位及下级人员', noResponsible: '还没有第一责任人', noResponsibleHint: '没有第一责任人的单位，督办和签字找不到人。请登记负责人并办理交接。', below: (many: number) => `下级单位 ${many} 个`, import: '从表格导入', export: '导出（Excel）', exportCsv: '导出（CSV）',
  addConsequence: '添加后立即可以向该单位交办；请接着登记人员并指定第一责任人，否则督办和签字找不到人。单位代码以后不能改；名称、上级等可以再改，每次改动都留下记录。', editConsequence: '改动立即对全部页面和以后的办理生效；以前的记录不变。改上级单位会改变交办和督办的路径。',
  code: '单位代码', codeHelp: '用国家统计用区划代码；没有国家代码的，用上级代码加字母，例如 321300-AWB。字母、数字和连字符，最长 32 位。', parentHelp: '县区的上级是市，乡镇的上级是县区，村居的上级是乡镇；部门、安委办等填所属的政府。', emailHelp: '交办和督办通知发到这里；可以留空。',
  handOverTitle: (unit: string) => `第一责任人交接：${unit}`, successor: '接任人', successorHelp: '只列出已登记在本单位、有“负责人”角色的人。', reason: '依据', reasonHelp: '例如任免文件的名称和文号。',
  handOverConsequence: (from: string) => `${from ? `${from} 不再是第一责任人；` : ''}本单位正在计算的时限、已发出的督办随即转由接任人负责，期限和已有的超期不变。以前的签字仍记在原负责人名下。`, noSuccessor: '本单位还没有其他“负责人”可以接任。请先登记接任人，再办理交接。', registerSuccessor: '登记接任人',
  merge: '撤并', mergeTitle: (unit: string) => `撤并：${unit}`, mergeInto: '并入哪个单位', mergeHelp: '同级、同类、没有撤并的单位。本单位须先没有在任人员和下级单位。', mergeConsequence: '撤并后不能恢复，不再向该单位交办，其辖区和点位归并入的单位；还在办理的案件由上一级改派。以前的记录仍在原单位名下。', mergedInto: (unit: string) => `已撤并，并入${unit}`, merged: '已撤并', noEmail: '无', departmentOf: (level: string, department: string) => `${level}${department}部门`,
} as const

export const staff = {
  title: '人员', hint: '账号从不转给别人：换人要登记新账号，原来的人办理离任，以前的签字和记录仍在其名下。', search: '姓名或账号', within: '单位及其下级', role: '角色', anyRole: '全部角色', none: '还没有登记人员。', noneFound: '没有符合条件的人员。', count: (many: number) => `共 ${many} 人`,
  add: '登记人员', change: '修改', edit: '修改人员', password: '设置密码', retire: '离任', rotate: '交接并离任', more: '更多', account: '账号', accountHelp: '登录用，以后不能改。字母、数字和连字符，最长 48 位，例如 leader-huji。', first: '第一责任人',
  rolesHelp: '至少一个。系统管理员看不到线索和案件内容。', emailHelp: '通知发到这里；可以留空。', firstHelp: '一个单位只有一个；已有第一责任人的，请用“第一责任人交接”。',
  initial: '登记后请为其设置初始密码，才能登录。', registered: (name: string) => `已登记${name}。设置初始密码以后，此人才能登录。`, setInitial: '现在设置初始密码', addConsequence: '此人登录后按角色和单位看到待办。', editConsequence: '改动立即生效：调换单位或取消角色后，其不再看到原来的待办；以前的记录不变。',
  alreadyRetired: '此人已经离任，不能再修改。', alreadyRetiredRemedy: '请刷新页面；重新任职的，请登记新账号。',
  retireTitle: (name: string) => `离任：${name}`, retireConsequence: '账号立即停用，不能再登录；以前的签字和记录仍在其名下。账号不会转给别人。', retireFirst: '此人是单位的第一责任人，离任后该单位没有第一责任人，督办和签字找不到人。请先办理交接。', retireReason: '原因', retireReasonHelp: '例如调离、退休，写明文号更好。',
  passwordTitle: (name: string) => `设置密码：${name}`, passwordConsequence: '改后此人在各处的登录立即结束，须用新密码重新登录。请当面或电话告知，不要写在邮件里；并请其登录后自行修改。', newPassword: '新密码', passwordHelp: '至少 10 个字符。', generate: '生成一个', short: '密码至少 10 个字符。', confirmNeeded: '请输入您的登录密码。', passwordSaved: '密码已设置，请告知本人。', setPassword: '设置密码',
} as const

export const tables = {
  units: '导入单位', staff: '导入人员', back: { units: '返回单位', staff: '返回人员' }, hint: '先检查，列出会改动的内容，您确认以后才导入。支持 Excel（.xlsx）和 CSV。第一行是列名；最好先导出一份，在上面修改后再导入。', kept: { units: '表里没有写到的单位保持不变。', staff: '表里没有写到的人员保持不变。' }, staffHint: '可以增加“初始密码”一列，只在导入时读取，不会导出。', columns: (names: string) => `列名：${names}`,
  unitColumns: '单位代码、单位名称、层级、类型、上级单位代码、部门、电子邮箱', staffColumns: '账号、姓名、单位代码、角色、电子邮箱、第一责任人',
  values: {
    units: [`层级：填${Object.values(levels).join('、')}。`, `类型：填${Object.values(kinds).join('、')}。`, `部门：类型是部门的才填，填${Object.values(departments).join('、')}。`],
    staff: [`角色：填${Object.values(roles).join('、')}；有几个的，用顿号隔开。`, '第一责任人：填是或否，不填就是否。'],
  },
  choose: '选择文件', chosen: (name: string, size: string) => `${name}（${size}）`, tooLarge: '文件超过 5 MB，请分成几份导入。', check: '检查', checking: '正在检查……', import: '导入',
  checked: (rows: number, recorded: number, unchanged: number) => `检查了 ${rows} 行：${recorded} 行会新增或改动，${unchanged} 行与现在相同。还没有导入。`, imported: (rows: number, recorded: number, unchanged: number) => `已导入：${rows} 行中新增或改动 ${recorded} 行，${unchanged} 行与原来相同。`,
  bad: (many: number) => `有问题的 ${many} 行`, badHint: '这些行不会导入，其余的行照常导入。可以在表格里改好后重新选择文件。', badDone: '这些行没有导入；改好后再导入一次即可，已导入的行不会重复。', row: '行号', column: '列', code: '代码或账号', reason: '问题', allGood: '没有发现问题。', nothingToDo: '没有需要导入的内容。', consequence: (many: number) => `新增或改动 ${many} 项，立即生效，每一项都留下记录。`, confirm: '确认导入',
  changes: (many: number) => `会新增或改动的 ${many} 行`, changed: (many: number) => `新增或改动的 ${many} 行`, isNew: '新增', what: '改动', was: (column: string, before: string, after: string) => `${column}：${before} → ${after}`, empty: '（空）', more: (many: number) => `还有 ${many} 行，继续列出`,
} as const

export const calendar = {
  title: '工作日历', hint: '按工作日计算的时限都以这里为准。请对照国务院办公厅的放假通知设定。', year: '年份', noYear: (year: number) => `${year} 年还没有设定，现在按普通双休日计算，节假日也算工作日。放假通知公布后请尽快设定。`, noYearNow: '今年还没有设定，元旦等节假日正按工作日计算，正在计算的时限会偏早到期。请现在按放假通知设定。', legend: '点一下日期改变：工作日 → 节假日；双休日 → 调休上班 → 节假日。', legendKeys: '也可以用方向键移动、回车改变。', today: '今天', changed: (days: number) => `已改 ${days} 天`, look: '看改动',
  workday: '工作日', weekend: '双休日', holiday: '节假日', makeUp: '调休上班', holidayShort: '休', makeUpShort: '班', was: (kind: string) => `，原为${kind}`, changes: '将要改动的日子', noChanges: '还没有改动。', months: '各月工作日', effect: (day: string) => `假如事项在${day}开始，到期日的变化`, effectFrom: '开始日期', within: (days: number) => `${days} 个工作日`, same: '与现在相同', save: '保存日历', undo: '放弃改动', leaveAsk: '改动还没有保存，确定离开吗？', saveTitle: (year: number) => `保存 ${year} 年工作日历`, basis: '依据', basisHelp: '文件名称或文号，例如“国办发明电〔2019〕16号”。和改动一起永久保存。',
  consequence: (days: number) => `改动 ${days} 天。正在计算的时限，到期日随新日历变动的，由系统逐条移动并记录在各案件里；已经超期、按新日历仍然超期的不变。`, monthName: (month: number) => `${month}月`, days: (days: number) => `${days} 个工作日`, history: '本年变动记录', unchanged: '不变',
} as const

export const foresight = {
  clocks: '正在计算的时限会怎样', summary: (running: number, later: number, sooner: number) => (later + sooner === 0 ? `正在计算的时限有 ${running} 个，都不受影响。` : `正在计算的时限有 ${running} 个：${[later ? `${later} 个推迟到期` : '', sooner ? `${sooner} 个提前到期` : ''].filter(Boolean).join('，')}，保存后由系统逐条移动并记录。`),
  which: (shown: number, all: number) => (shown < all ? `看看是哪些（按新的到期日列出前 ${shown} 个）` : '看看是哪些'), move: (from: string, to: string) => `${from} → ${to}`, noLongerMissed: '已经超期的，改后不再超期',
  units: '按这样的督查线，现在会怎样', reached: (opened: number, open: number) => `${opened === 0 ? '不会有单位因此启动专项督查' : `将立即启动 ${opened} 个单位的专项督查`}；正在进行的 ${open} 个不受影响，由督导组认定后结束。`,
  numbers: (n: { open_findings: number; grave_findings: number; failures: number; overdue: number }) => Object.entries(said.counted).map(([name, what]) => `${what} ${n[name as keyof typeof n]}`).join('、'),
} as const

export const settings = {
  title: '各项设置', count: (many: number) => `共 ${many} 项`, hint: '每一项都保留全部版本，谁在什么时候改了什么都有记录。改动影响到谁，提交前会写明。', inForce: '现行规定', allDated: '现行安排（各自注明日期）', planned: '已设定、尚未生效', holdsFrom: (day: string) => `自${day}起执行。`, plannedFrom: (day: string) => `自${day}起`, view: '查看和修改', form: '设定新的', when: '什么时候起执行', now: '立即', later: '从某一天起', day: '起始日期', dayNeeded: '请选择起始日期，须在今天以后。', preview: '与现在相比', previewOn: (day: string) => `与${day}将要执行的相比`, noChange: '与现行规定相同，没有需要提交的改动。',
  examples: '举例', examplesHint: (day: string) => `以${day}为例，按工作日历推算。`, save: '提交', undo: '恢复原值', laterHolds: (day: string) => `注意：${day}起另有已设定的版本，到那一天以它为准。`, noPlan: '没有。', cannotWithdraw: '已设定、尚未生效的不能撤回；要改，请为同一天再设定一次，以后设定的为准。', history: '变动记录', hotlines: '举报电话', toAll: '返回各项设置', notFound: '没有这项设置。', noExample: '没有可以举例的变化。', reading: '正在读取……', everyone: '各项设置',
  add: '添加', addStage: '添加阶段', addRecheck: '添加一次回头看', addVersion: '添加新版本', remove: '删除', from: '开始日期', to: '结束日期', open: '不设结束日期', name: '名称', code: '代码', stageNumber: (number: number) => `第 ${number} 阶段`, owes: '各单位须', caps: '其余处置措施的期限不晚于本阶段结束', value: '数值', unit: '单位', workingDays: '工作日', hours: '小时', minutes: '分钟', version: '版本', document: '文件依据', share: '罚款的百分比（%）', least: '最低（元）', most: '最高（元）', insider: '内部知情人（%）', day_: '天', approvalHours: '身份查看有效期（小时）', recheckNumber: (number: number) => `第 ${number} 次`, recheckDays: (number: number) => `第 ${number} 次，销号后天数`, daysHelp: '每个数是销号后的第几天，1 到 3650。', zero: '下面各项填 0 表示不设督查线。', reminder: '催办：到期未办，立即，不能改。', onlyNew: '已经有举报按它计算的版本不要改动，请添加新版本。',
} as const

/** What each setting is, and whom a change reaches. */
export const settingWords: Record<string, { title: string; about: string; consequence: string }> = {
  stages: { title: '行动阶段', about: '各阶段的起止日期，到期各单位要做什么。', consequence: '立即生效。阶段结束日变动的，受其限制的处置措施到期日由系统随之移动并记录；各单位上报结果的时间也随之改变。' },
  limits: { title: '各项时限', about: '各事项的办理期限，分普通和紧急。', consequence: '只对执行之日起开始计算的时限生效；正在计算的仍按开始时的时限。' },
  ladder: { title: '督促阶梯', about: '到期未办以后，第几个工作日催办、督办、约谈、通报批评、移送。', consequence: '只对执行之日起开始计算的时限生效；正在计算的仍按原来的阶梯。' },
  supervision: { title: '督查线', about: '单位的问题达到多少项，启动专项督查。', consequence: '执行之日起，系统按新的督查线判断各县区和乡镇；达到的自动启动专项督查并通知。' },
  rewards: { title: '举报奖励标准', about: '对同一点位最先的有效举报奖励多少。', consequence: '举报按收到当日的版本计算：改动已经在用的版本，会改变以后对已收到举报的计算。已经提出的奖励金额不变。' },
  rechecks: { title: '回头看天数', about: '销号后第几天回头看。', consequence: '只对执行之日起销号的点位生效；以前销号的，仍按销号时的天数回头看。' },
  custody: { title: '身份查看有效期', about: '批准查看举报人身份后，多少小时内可以查看。', consequence: '只对执行之日起作出的批准生效；已经批准的仍按批准时的期限。' },
}

export const hotlines = {
  title: '举报电话', hint: '公布的号码显示在公众网站上。', none: '还没有公布举报电话。', publish: '公布举报电话', change: '修改', withdraw: '撤下', number: '号码', numberHelp: '数字和连字符，3 到 20 位。', name: '名称', hours: '接听时间', hoursHelp: '例如：全天；工作日 8:30–18:00。', bySms: '只收短信，不接电话', bySmsHelp: '公众在手机上点这个号码时发短信，而不是拨打。', bySmsShort: '短信', publishConsequence: '立即显示在公众网站上。请先确认线路已开通、有人接听。', changeConsequence: '公众网站上的名称和接听时间立即改变。', withdrawConsequence: '号码立即从公众网站上消失；正在办理的举报不受影响。', reason: '为什么撤下', last: '这是唯一公布的举报电话，公布新的以后才能撤下。', withdrawTitle: (number: string) => `撤下 ${number}`, changeTitle: (number: string) => `修改 ${number}`,
} as const

export const health = {
  title: '运行情况', hint: '每半分钟自动更新。', refresh: '立即更新', updated: (at: string) => `更新于 ${at}`, services: '各项服务', allThere: '全部正常。', away: (many: number) => `${many} 项没有应答`, awayHint: '没有应答的部分暂时不能用，其余照常；恢复后自动接着办，不会丢失。请查看该服务的运行日志。', noDirectory: '单位和人员名册还没有读全，暂时没有人能办理。', there: '正常', isAway: '没有应答', unreadable: '这里读不到服务状态：服务器没有提供，或者被网络设备拦下。',
  mail: '通知', mailHint: '管理员只看到收件人和送达情况，看不到内容。', serverAway: '邮件服务器连不上，通知在等待，恢复后自动发送。原因：', waiting: '等待发送', abandoned: '没有送达', sent: '已送达', all: '全部', none: '没有这样的通知。', noneAbandoned: '没有未送达的通知。', noneWaiting: '没有等待发送的通知。', count: (many: number) => `共 ${many} 条`, retry: '重新发送', retryConsequence: (to: string) => `立即再发一次给 ${to}。收件地址有误的，请先到“人员”或“单位”更正邮箱。`, attempts: (many: number) => `已试 ${many} 次`, next: (at: string) => `下次 ${at}`, requested: (at: string) => `${at} 提出`, sentAt: (at: string) => `${at} 送达`, failure: '最近一次失败：',
  clock: '演示时钟', clockHint: '这是演示环境，时间可以向前拨，用来看到期、催办等情况。只能向前，不能拨回。', clockNow: (at: string) => `系统时间 ${at}`, clockAhead: (long: string) => `比实际时间快 ${long}`, clockReal: '与实际时间相同', advance: '向前拨', advanceSpan: (from: string, to: string) => `现在 ${from}，拨后 ${to}`, advanceConsequence: '所有服务和所有人看到的时间一起向前：期间到期的时限会超期，并发出催办、督办和通知。不能拨回。', history: '拨动记录',
} as const
export const events = {
  title: '处理进度', hint: '办理中的每一步先写入记录库，再交给各服务接着办。这里看各服务处理到哪里。', storeThere: (at: number) => `记录库正常，最新位置 ${at}（含只存不发的查阅记录）。`, storeAway: '记录库联系不上：现在什么都不能办理，请立即查看。', brokerThere: (at: number) => `消息队列正常，已发到位置 ${at}。`, brokerAway: '消息队列联系不上：已经办理的不会丢，恢复后自动接着处理。',
  allPublished: '需要发出的都已经发出。', unpublished: (many: number) => `还有 ${many} 条没有发出。`, unpublishedHint: '通常几秒内发完；一直不减少的，请查看记录转发的运行日志。',
  upToDate: '各服务都已处理到最新。', behind: (many: number) => `${many} 个服务还在处理。`, standing: (waiting: number, underWay: number, again: number) => `待处理 ${waiting}，处理中 ${underWay}${again ? `，其中重试 ${again}` : ''}`,
  letters: '搁置的消息', lettersHint: '服务多次处理失败后搁置，后面的照常处理。原因排除以后，可以交回重试；重复处理不会办两次。', none: '没有搁置的消息。', retry: '交回重试', retryFollows: (service: string) => `交回“${service}”再处理一次。仍然失败的，会重新出现在这里。`,
} as const
export const services: Record<string, string> = {
  directory: '单位和人员名册', 'tip-intake': '举报受理', 'case-assignment': '案件交办', 'disposal-tracking': '处置跟踪', 'accountability-escalation': pageTitles.accountability, 'result-reporting': '结果上报', ledger: '台账和统计', 'audit-replay': '回放和核验', notification: '通知', redis: '登录和限流',
}
export const templates: Record<string, string> = {
  case_assigned: '交办', case_designated: '指定管辖', case_reassigned: '改派', case_passed_on: '转主管部门', case_made_urgent: '转为紧急', disposal_handed_over: '处置移交', party_referred: '移送责任人', danger_raised: '险情报警', explanation_judged: '说明的认定', failure_recorded: '问责事项', finding_recorded: '督导问题',
  answer_judged: '整改答复的认定', special_supervision: '专项督查', task_assigned: '联席会议任务', area_asked: '阶段任务', password_set: '登录密码被重新设置', tip_about_officials: '涉及公职人员的举报', reminder: '催办', supervision_order: '督办', interview: '约谈', criticism: '通报批评', referral: '移送纪委监委',
}
export const abouts: Record<string, string> = { tip: '线索', case: '案件', unit: '单位', disposal: '处置', accountability: '问责', report: '结果报告', draw: '抽签', staff: '人员', notification: '通知' }
