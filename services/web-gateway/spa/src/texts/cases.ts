// Words of the pages about cases and their disposal.
import words from '@words'
import { some } from './common'

export const cases = {
  title: '案件',
  search: '地点、企业、案情或编号',
  state: '办理状态', class: '类别', origin: '来源', area: '所属地区或单位', days: '立案', open: '所有未办结', noClass: '尚未定性', overdueOnly: '只看超期',
  count: (total: number) => `共 ${total} 件`,
  none: '还没有案件。受理线索或登记排查发现后，案件会出现在这里。', noneFound: '没有符合条件的案件，请放宽条件再看。',
  clear: '清除条件', exportCsv: '导出台账（CSV）',
  owner: '承办', noOwner: '尚未交办', measures: (done: number, all: number) => `措施\u00a0${done}/${all}\u00a0项`, tips: (count: number) => `举报\u00a0${count}\u00a0条`, urgent: '紧急', relapsed: '死灰复燃', confidential: '举报人要求保密',
  checkPending: '待抽查', checkPassed: '抽查合格', checkFailed: '抽查不合格',

  detail: '案件详情', number: '编号', place: '地点', enterprise: '企业', coordinates: '坐标', openedAt: '立案时间', closedAt: '办结时间', closedAs: '办结方式', referredTo: '转主管部门', coHandlers: '协办单位', instructions: '交办要求', returns: '退回次数', dueAt: (when: string) => `期限：${when}`,
  replay: '回放全过程', merged: '已并入案件', relapseOf: '死灰复燃前的原案件', relapses: '之后的死灰复燃',
  linkedNumber: (number: string) => `案件 ${number}`, linkedUnseen: '（不由本单位承办）',
  wholeNumber: (number: string) => `完整编号：${number}`, copyNumber: '复制完整编号', numberCopied: '已复制。', numberNotCopied: '没有复制成功，请稍后再试。', next: (what: string) => `下一步：${what.replace(/：(.+)$/, '“$1”')}`,
  clocks: '时限', noClocks: '没有正在计算的时限。', doneClocks: (count: number) => `已完成或结束的时限 ${count} 项`, responsible: '责任人', fulfilled: '按时完成', late: '超期后完成', withdrawn: '已撤销', ended: '已结束',
  escalations: '督促', failures: '问责事项', addressed: '发给', explanation: '说明',
  work: '办理', noWork: '这个案件目前没有您可以办理的事项。', waitsFor: (who: string, what: string, due: string) => `现在没有您可以办理的事项。等${who}办理“${what}”，期限 ${due}。`, waitsHere: (what: string, due: string) => `由本单位办理“${what}”，期限 ${due}；您在这一页没有可以办理的操作。`, awaitingReview: '待复核', other: '其他办理事项', aftermath: '其他处置事项', cameFrom: (what: string) => `来源：${what}`,
  holders: '承办经过', givenBy: (unit: string) => `${unit}交办`, tipsTitle: '举报线索', noTips: '没有关联的举报线索。', inspections: '现场核查', noInspections: '还没有现场核查。',
  went: '核查人员', inspectedAt: '核查时间', method: '核查方式', premises: '场所', finding: '结论', note: '情况说明', parties: '相关人员', evidence: '照片',
  five: '五个有没有', three: '翻墙三查', extensions: '延期申请', pending: '待批准', granted: '已同意', refused: '不同意',
  disposal: '处置', disposalOrdered: '措施下达', disposalUnit: '处置单位', plan: '处置安全方案', planNone: '还没有提交安全方案。拆除、清理类措施须等县区批准安全方案后才能登记。', planNotNeeded: '本类别的措施不需要安全方案。', planRisks: '风险辨识', planMeasures: '防范措施', planResponsible: '现场负责人',
  measuresTitle: '规定措施', done: '已完成', undone: '未完成', before: '处置前', after: '处置后', waitsForPlan: '待安全方案批准', redone: '曾要求重做：',
  reviews: '逐级复核', reviewPassed: '已签字', signedBy: (unit: string, who: string, when: string) => [unit, who, when].filter(Boolean).join('，'), reviewWaits: '待签字', reviewLater: '措施全部完成后复核', spotCheck: '验收抽查', spotSeed: (seed: string, round: number) => `第 ${round} 轮，抽签号码 ${seed}`, notDrawn: '还没有抽中过。',
  rechecks: '回头看', recheckDays: (days: number) => `销号后 ${days} 天`, recheckDue: '待核查', recheckPassed: '未见反弹', recheckRelapsed: '死灰复燃', noRechecks: '还没有到回头看的时间。', firstRecheck: (days: number, on: string) => `还没有到回头看的时间。按现行规定第一次在销号后 ${days} 天（${on}）；销号时的规定不同的，以那时的为准。`,
  referrals: '移送责任人', receiver: '接收单位', result: '结果', noResult: '尚未答复', exposure: '警示曝光',
  photo: (label: string, index: number) => `${label}照片 ${index}`, enlarge: (photo: string) => `放大${photo}`, photoMissing: '照片无法显示',
} as const

/** Why a deadline is another one, by the code of the reason. */
export const clockMoves: Record<string, (from: string) => string> = {
  extension: (from) => `经批准延期，原为 ${from}`,
  calendar_change: (from) => `工作日历更正，原为 ${from}`,
  resumed: (from) => `退回后接着计算余下的时间，原为 ${from}`,
}
export const origins: Record<string, string> = words.origin
/** Origins that somebody registers; tips and relapses open their cases by themselves. */
export const openingOrigins = some(words.origin, 'sweep', 'night_load', 'list_matching', 'department_transfer', 'supervision_finding', 'provincial_supervision')
export const closings: Record<string, string> = words.closing
export const methods: Record<string, string> = words.method
export const premises: Record<string, string> = words.premises
export const findings: Record<string, string> = words.finding
export const answers: Record<string, string> = words.check_answer
export const partyRoles: Record<string, string> = words.party_role
export const planStandings: Record<string, string> = words.plan_standing
export const receivers: Record<string, string> = words.receiver
export const relapseLinks: Record<string, string> = words.relapse_link
export const exposureStandings: Record<string, string> = words.exposure_standing
export const extendable = some(words.obligation, 'first_inspection', 'classify', 'identify', 'safety_plan', 'remaining_measures')
/** What each class obliges to. */
export const classObliges: Record<string, string> = { a: '依法立即关闭。', b: '责令停产，拆除非法化工生产装置。', c: '断水断电、拆除设备、清理厂房、清理原料和产品（四个彻底）。' }
export const caseClasses: Record<string, string> = words.class

/** The five checks, as the order puts them. */
export const five: ReadonlyArray<{ key: string; title: string }> = [
  { key: 'missed_enterprise', title: '有没有 2017 年“四个一批”遗漏的化工企业' },
  { key: 'changed_scope', title: '有没有擅自变更范围、生产或储存化工产品的企业' },
  { key: 'borrowed_name', title: '有没有挂靠、租赁、“厂中厂”生产或储存化工产品' },
  { key: 'idle_premises', title: '有没有利用停产、闲置、关闭的厂房或民房从事化工' },
  { key: 'hidden_workshop', title: '有没有藏在偏远处、废弃养殖场、砖瓦窑里的作坊或流动窝点' },
]
/** The checks behind the wall. */
export const three: ReadonlyArray<{ key: string; title: string }> = [
  { key: 'equipment', title: '有没有生产设备' },
  { key: 'materials', title: '有没有堆放化工原料' },
  { key: 'private_lines', title: '有没有私拉电线、水管' },
]

/** The inspection form. */
export const inspection = {
  open: '登记现场核查', title: '登记现场核查', follows: '结论为“未发现”的，由上一级复核后才能办结；有疑点的，乡镇和村居须提请县区甄别。',
  went: '核查人员', wentHelp: '姓名和职务，每行一人，例如：张三（安监办主任）', when: '核查时间', method: '核查方式', premises: '场所类型', where: '现场坐标', locate: '取当前位置', locating: '正在定位……', noLocation: '不能定位的原因',
  locationFailed: '没有取得位置，请打开定位权限再试；确实不能定位的，在下面写明原因。', coordinatesAt: (latitude: number, longitude: number) => `北纬 ${latitude.toFixed(5)}，东经 ${longitude.toFixed(5)}`,
  metres: (many: number) => `${many} 米`, kilometres: (many: string) => `${many} 公里`, spot: '位置', apart: (far: string) => `距案件地点 ${far}`, notLocated: (why: string) => `没有定位：${why}`,
  farNow: (far: string) => `您现在的位置距案件地点 ${far}。如果地点有误，请在“情况说明”里写明实际在哪里；复核人会看到相距多远。`,
  needFarNote: '核查的位置离案件地点超过一公里，请在“情况说明”里写明为什么。',
  fiveHelp: '逐项回答。回答“没有”的，要写明看了什么，或者附照片。', threeHelp: '停产企业和闲置厂房必须翻墙三查；其他场所看过的也请填。', withThree: '已翻墙三查', note: '说明', notePlace: '看了什么、怎么判断', parties: '相关人员', addParty: '添加一人', remove: '移除', partyName: '姓名或单位名称', partyRole: '身份',
  photosOf: (what: string) => `${what}：照片`, photos: '现场照片', photosHelp: '“未发现”和“确有”的结论至少要有一张照片。', finding: '结论', general: '情况说明', submit: '提交核查结果', submitFollows: '提交后不能修改，可以再次核查补充。', saved: '现场核查已登记。',
  mistakes: (many: number) => `还有 ${many} 处需要补充`, needWent: '请写明核查人员。', needWhen: '请填核查时间。', futureWhen: '核查时间不能晚于现在。', needMethod: '请选择核查方式。', needPremises: '请选择场所类型。', needWhere: '请取得现场坐标，或者写明不能定位的原因。',
  needAnswer: (title: string) => `请回答“${title}”。`, bareNo: (title: string) => `“${title}”回答“没有”，请写明看了什么，或者附照片。`, needFinding: '请选择结论。', cleanPhoto: '结论为“未发现”，至少要有一张现场照片。', cleanYes: '有一项回答“有”，结论就不能是“未发现”。', cleanIdle: '五项都“不适用”等于没有核查，结论不能是“未发现”。', confirmedProof: '结论为“确有”，至少要有一项回答“有”，并且至少有一张照片。', partyNamed: '请填写相关人员的姓名，或者移除这一行。',
} as const

/** Opening a case that is not a tip's. */
export const opening = {
  title: '登记点位（立案）',
  follows: '立案后列入待交办，从现在起计算交办时限：{assign_case}，超期未交办的逐级督促。立案不能撤销，来源和地点不能修改；同一处已有案件的，请不要重复立案，立重了由派单员并案。',
  origin: '怎么发现的', originHelp: '群众举报请从线索受理立案；死灰复燃请在原案件里报告。',
  method: '哪种排查', list: '哪份名单', listHelp: '例如：2017 年关闭企业名单、市场主体名单', entry: '名单里的哪一项', department: '哪个部门移交的',
  /** What has to be told of an origin, by its code. */
  notes: { night_load: '用电有什么异常', department_transfer: '移交的情况', supervision_finding: '督导时发现了什么', provincial_supervision: '省级督查发现了什么' } as Record<string, string>,
  /** What supervision groups register. */
  found: ['supervision_finding', 'provincial_supervision'] as readonly string[],
  summary: '案情摘要', summaryHelp: '用自己的话写：看到什么、像在生产或储存什么、有没有人。承办单位看得到。',
  anywhere: '还不清楚在哪里的，可以留空。', within: '必须在本辖区；外地的点位请告知当地派单员或者上一级。',
  hint: '发现的是还没有立案的具体点位，在这里立案，由派单员交办核查。',
} as const

/** Words of the commands on a case. */
export const caseActs = {
  reason: '理由', basis: '依据', note: '说明', to: '交给哪个单位',
  assign: '交办', assignOn: '交给下级或部门办', assignFollows: '承办单位立即收到待办，从现在起计算签收时限；超期未签收自动催办。', assignTo: '承办单位', coHandlers: '协办单位', instructions: '交办要求', makeUrgent: '作为紧急案件交办', makeUrgentHelp: '各项时限按紧急的计算，承办单位负责人同时收到提醒；转为紧急后不能改回。', assignHelp: '只能交给本辖区内的下级政府或同级部门。',
  acknowledge: '签收', acknowledgeFollows: '签收后开始计算现场核查的时限：{first_inspection}。', acknowledgeInspectedFollows: '已经到现场核查过，签收后开始计算定性分类的时限：{classify}。',
  return: '退回', returnFollows: '案件回到交办单位。本单位只能退回一次；同一案件被两个单位退回的，由上一级指定管辖，不得再退，并对后一个退回的单位启动问责。', returnAgainFollows: (before: string) => `本案已被${before}退回过。您再退回，就由上一级指定管辖，不得再退，并对本单位启动问责。`, returnReason: '为什么不属于本单位',
  designate: '指定管辖', designateFollows: '指定以后不得再退回。',
  reassign: '改派', formerUnit: '原单位', reassignFollows: (owner: string) => `${owner}不再承办，由新的单位重新签收，签收以后的时限重新计算；已经超期的不因改派而消除。`, reassignDisposalFollows: (owner: string) => `${owner}不再承办，由新的单位接着处置，处置的时限接着计算；已经超期的不因改派而消除。`,
  addCoHandler: '增加协办单位', addCoHandlerFollows: '协办单位可以看到案件并登记现场核查；举报人要求保密的，只看得到摘要，看不到照片。', coHandler: '协办单位', removeCoHandler: '撤销协办单位', removeCoHandlerFollows: '所选单位不再协办，不能再登记现场核查；已经登记的核查保留。撤错了可以重新增加。',
  requestIdentification: '提请县区甄别', requestIdentificationFollows: '有疑点的，由县区决定是不是“小化工”，乡镇、村居不得自行认定；没有疑点的直接定性分类。', doubt: '疑点',
  identifyYes: '甄别：属于“小化工”', identifyNo: '甄别：不属于“小化工”', identifyYesFollows: '选定类别的，随即下达规定的处置措施；没有选的，由承办单位定性。', identifyNoFollows: '一般随即办结；您到过现场，或有人认定过确有生产的，先由上一级复核同意。',
  class: '类别', classLater: '类别（也可留待定性分类）', referTo: '另有违法的，转哪个主管部门', referToHelp: '选中的单位收到转办通知；没有其他违法的留空。', referBeyond: '名册里没有的主管部门',
  classify: '定性分类',
  classifyFollows: '类别决定必须完成的措施，只能关停拆除，不能保留整改。停产、关闭、断水断电的时限：{immediate_measure}。其余措施的时限：{remaining_measures}{stage_end}。',
  notSmall: '定性：不属于“小化工”', notSmallFollows: '须有现场照片。有下列情形之一的，先由上一级复核同意再办结：您的单位承办或协办本案；您到过现场；有人认定过确有生产。其余的直接办结。办结后举报人会得到答复。',
  agreeClean: '同意“未发现”，办结', passedOnSaid: (to: string) => `办结后转${to}处理，举报人也会得知`, inspectedSaid: (at: string, who: string, photos: number, far: string) => `${at}，${who}到现场，照片 ${photos} 张${far}`, agreeCleanFollows: '案件办结并答复举报人。以后查实的，复核人一并承担责任。', refuseClean: '不同意，重新核查', refuseCleanFollows: '退回承办单位重新到现场核查，重新计算时限。',
  requestExtension: '申请延期', requestExtensionFollows: '期限届满前提出，每项期限只能延一次，延长不超过原时限，由上一级批准。理由举报人也会看到。', obligation: '哪项时限', dueNow: (at: string, most: string) => `现在的期限 ${at}${most ? `，最多再延 ${most}` : ''}`, until: '延到什么时候',
  grantExtension: (what: string) => `同意延期：${what}`, grantFollows: (until: string, why: string) => `延至 ${until}。申请理由：${why}`, refuseExtension: (what: string) => `不同意延期：${what}`,
  refuseExtensionFollows: (due: string) => `期限不变，仍为 ${due}，到期未办的照常督促。申请单位会看到您的理由，期满前可以重新申请。本次决定不能撤销。`,
  merge: '并案', mergeFollows: '两件合为一件：进度靠前的继续办理，另一件办结，线索转过去；进度相同的，立案早的继续办理。并错了，可用“重新办理”撤销。', into: '与哪个案件合并',
  reopen: '重新办理', reopenFollows: '案件重新开始办理，时限重新计算，举报人会看到。',
} as const

/** Words of the commands on a disposal. */
export const disposalActs = {
  submitPlan: '提交处置安全方案', submitPlanFollows: '由县区负责人批准。批准之前不得拆除、清理，防止次生事故。', risks: '风险辨识', planMeasures: '防范措施', responsible: '现场负责人（姓名和职务）',
  approvePlan: '批准安全方案', approvePlanFollows: '批准后可以开始拆除和清理。您的签字记录在案，不能撤回。', rejectPlan: '退回安全方案', rejectPlanFollows: '处置单位须修改后重新提交。退回不能撤销。',
  complete: (measure: string) => `登记完成：${measure}`, completeFollows: '登记后由上级复核。处置后的照片必须是新拍的，不能与以前的照片相同。', before: '处置前照片', after: '处置后照片', note: '说明',
  reviewNext: '复核（通过或不通过）', judgePlan: '审批处置安全方案', checkNext: '登记抽查结果', recheckNext: '登记回头看结果', exposeNext: '审批警示曝光', passReview: '复核通过并签字', passReviewLast: '您是最后一级：签字后案件销号，举报人会得到结果。', passReviewNext: '签字后转上一级复核。', failReview: '复核不通过', failReviewFollows: '所选措施须重做，已有的复核签字作废。决定不能撤销。', redo: '须重做的措施', reason: '理由',
  doneSaid: (measure: string, at: string, before: number, after: number) => `${measure}：${at} 完成，处置前照片 ${before} 张，处置后照片 ${after} 张`, undoneSaid: (measure: string) => `${measure}：未完成`,
  passCheck: '抽查合格', passCheckFollows: '须到现场，附新拍的照片。', checkNote: '看了什么', failCheck: '抽查不合格', failCheckFollows: '案件重新处置，并启动问责。', finding: '发现的问题',
  draw: '直接抽查', drawFollows: '仅限须回避、不能列入公开名单的案件。', seed: '抽签号码', round: '轮次',
  passRecheck: (days: number) => `回头看 ${days} 天：未见反弹`, passRecheckFollows: '须到现场，附新拍的照片；原处置单位和人员不得自查。', photos: '现场照片',
  relapse: '报告死灰复燃', relapseFollows: '自动另立紧急案件并关联本案；查实后启动问责。', link: '与本案的关系', relapseNote: '发现的情况', relapsePlace: '现在的地点', relapseEnterprise: '现在的企业或窝点名称', division: '所在乡镇或村居',
  refer: '移送责任人', referFollows: '移送给本级的该部门；本级没有的，移送给上级的。接收部门会答复处理结果。移送不能撤回。', party: '姓名或单位名称', partyRole: '身份', referTo: '移送给', grounds: '移送理由',
  answerReferral: (party: string) => `答复移送：${party}`, answerReferralFollows: '移送的单位和上级会看到处理结果，答复时限随之结束。答复后不能修改或撤回。', result: '处理结果',
  propose: '提出警示曝光', proposeFollows: '由市政府或市安委办负责人批准后对外公布。不写个人姓名、电话和乡镇以下地址。', enterprise: '企业或窝点名称', facts: '违法事实和处理结果',
  publish: '批准曝光', publishFollows: '立即对外公布，任何人都能看到。', withdraw: '撤回曝光', withdrawFollows: '不再对外公布。',
  class: '类别', basis: '依据', reclassify: '更正类别', reclassifyFollows: '按新的类别重新下达措施；已完成且仍属规定的不重做。如果改为较轻的类别，使没做完的措施不必再做，您就不能再复核本案。',
} as const
