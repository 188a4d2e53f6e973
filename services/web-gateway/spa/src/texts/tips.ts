// Words of the pages about tips.
import words from '@words'

export const tips = {
  title: '线索',
  search: '地点、企业、案情或编号',
  state: '甄审情况', channel: '来源', area: '所属地区', days: '收到', overdueOnly: '只看超期未甄审',
  count: (total: number) => `共 ${total} 条`,
  none: '还没有线索。新的举报会自动出现在这里。',
  noneFound: '没有符合条件的线索，请放宽条件再看。',
  clear: '清除条件',
  export: '导出清单',
  urgent: '紧急', danger: '现场有险情', confidential: '举报人要求保密', wantsAnswer: '举报人要求答复',
  received: '收到', seen: '反映现象', seenWhen: '时间', photos: (count: number) => `照片\u00a0${count}\u00a0张`, messages: (count: number) => `举报人补充\u00a0${count}\u00a0次`,
  screening: '甄审',
  toCase: '查看案件',

  division: '所在乡镇或村居', receivedAt: '收到时间', detail: '线索详情', replay: '回放全过程', number: '编号', place: '地点', enterprise: '企业', summary: '案情摘要', noSummary: '还没有写（受理时由甄审人员填写）',
  screenedAt: '甄审时间', rejected: '不予受理的原因', authority: '转交给', case: '所属案件',
  clocks: '时限', noClocks: '没有正在计算的时限。', escalations: '督促',
  told: '已告知举报人', noneTold: '还没有告知举报人任何内容。',
  content: '举报原文', contentSealed: '举报原文密封保存，只有甄审人员、登记的话务员和纪委监委可以查看，每次查看都记录在案；其他人看案情摘要。',
  readContent: '查看举报原文', readRecorded: '查看会记录在案。', narrative: '举报内容', noNarrative: '没有文字内容，请看照片、听录音或者看通话记录。',
  recordings: '通话录音', recording: (number: number) => `第 ${number} 段通话录音`, play: (number: number) => `播放第 ${number} 段录音（打开即记录在案）`, unplayable: '浏览器播放不了这段录音，请话务台转成 MP3 后重新补存。',
  transcripts: '通话记录', reporterWrote: '举报人补充的话', hasContact: '举报人留了联系方式（密封保存，查看须另行批准）。', noContact: '举报人没有留联系方式，只能凭查询码看到答复。', erased: '以下内容已经销毁：',
  work: '办理', noWork: '这条线索目前没有您可以办理的事项。', photosSealed: '随举报原文密封保存',
  custody: '身份查看和奖励', reveals: '查看身份的申请', noReveals: '没有人申请查看举报人身份。', rewards: '举报奖励', noRewards: '还没有提出奖励。', toCustody: '到“身份查看和奖励”办理',
  fineHint: '先填对被查单位的罚款金额，没有罚款填 0。奖励按收到举报当日的标准计算。', fine: '罚款金额（元）',
  identity: '举报人身份', identityHint: '只显示这一次。请不要抄录、拍照或转告无关人员；关闭后须重新申请。', identityName: '姓名', identityPhone: '电话', identityEmail: '邮箱', identityAddress: '地址', identityEmpty: '（未填写）', identityClose: '看完了，关闭',
  until: '有效期至', answeredBy: '答复人',
} as const

export const toldKinds: Record<string, string> = words.told
export const revealStates: Record<string, string> = words.reveal_state
export const rewardStates: Record<string, string> = words.reward_state
export const compartments: Record<string, string> = words.compartment
export const urgencies: Record<string, string> = words.urgency

/** Above a county screens the city's office, above the city the discipline inspectors; a reporter objects once. */
function objection(ofTheCity: boolean, again: boolean): string {
  const by = ofTheCity ? '市纪委监委' : '市安委办'
  return again ? `举报人没有提出过异议的，还可以提出一次，由${by}重新甄审。` : `举报人可以提出一次异议，由${by}重新甄审。`
}
/** Words of the commands on a tip: what the button says, and what follows. */
export const tipActs = {
  accept: '受理并立案',
  summary: '案情摘要',
  acceptFollows: '受理后新立一个案件，等待交办；举报人凭查询码可以看到“已受理”。承办单位只看得到您写的案情摘要，看不到举报原文。',
  summaryHelp: '用自己的话写，不写举报人的姓名、称呼、口吻等会暴露举报人的内容。',
  join: '受理并并入案件', joinShort: '并入',
  joinFollows: (what: string) => `这条线索并入已有案件：${what}。举报人会得到该案件的结果。并错了可以解除关联。`,
  link: '并入其他案件', linkFollows: '这条线索作为已有案件的又一举报，不再另外立案。', linkTo: '并入哪个案件',
  reject: '不予受理', rejectFollows: (ofTheCity: boolean, again: boolean) => `举报人会看到原因和说明。${objection(ofTheCity, again)}决定以后您不能撤回。`,
  divert: '转交其他部门', divertFollows: (ofTheCity: boolean, again: boolean) => `举报人会看到转交给谁、为什么。${objection(ofTheCity, again)}本系统不再继续办理，决定以后您不能撤回。`, divertTo: '有管辖权的部门',
  reply: '答复或提问', replyFollows: '举报人凭查询码可以看到，并且可以补充。', replyText: '写给举报人的话',
  outcome: '告知结果', outcomeFollows: '案件办结以后才能告知；还在办理的，请用“答复或提问”。举报人凭查询码可以看到；认为没有解决的，可以提出。', outcomeText: '结果',
  unlink: '解除关联，重新甄审', unlinkFollows: '线索离开现在的案件，回到待甄审，时限重新计算。案件本身不受影响。',
  reconsider: '重新甄审', reconsiderFollows: '原来不予受理或转交的决定重新审查，由上一级甄审。',
  conflict: '注明回避', conflictFollows: '写明的单位、干部及其下级单位从此看不到这条线索和它的案件，改由上一级甄审。注明以后不能撤销。',
  conflictUnits: '反映的单位', conflictPersons: '反映的干部',
  danger: '报告险情', dangerFollows: '立即向值班人员报警，线索和案件转为紧急，各项时限随之缩短。有泄漏、起火、爆炸、人员受伤时使用，并请同时拨打 119、110。',
  transcript: '整理通话记录', transcriptFollows: '通话记录密封保存，只有甄审人员可以查看。', transcriptText: '通话内容',
  reveal: '申请查看身份', revealFollows: '须由另一岗位的人批准；批准后只能查看一次。查看之后，举报人会看到您写的理由。',
  approveReveal: '同意查看身份', approveRevealFollows: '申请人将可以查看一次举报人身份。您的同意记录在案。',
  refuseReveal: '不同意查看身份', refuseRevealFollows: '申请人这次不能查看举报人身份，确有需要的可以重新申请。您的理由记录在案，决定不能撤销。', openReveal: '查看举报人身份', openRevealFollows: '先记录在案，再显示。只能查看一次。',
  erase: '销毁举报人信息', eraseBoth: '可以销毁举报人身份、举报内容', eraseContent: '可以销毁举报内容', eraseFollows: '可以销毁举报人身份、举报内容；下一步选择销毁哪些，写明理由并签字。销毁后永久无法恢复，办理历史仍可核验。', eraseUnscreened: '这条线索还没有甄审，销毁内容以后就无法甄审。', eraseWhat: '销毁什么',
  propose: '提出奖励', proposeFollows: (yuan: string) => `按罚款 ${yuan}计算奖励金额，由市级负责人批准。`, insider: '举报人是被举报单位的内部人员',
  rewardFrom: (fine: string, rules: string, by: string) => `罚款 ${fine}，按 ${rules} 年的奖励办法计算，由${by}提出。`,
  approveReward: '批准奖励', approveRewardFollows: (yuan: string) => `批准发放奖励 ${yuan}。`, 
  refuseReward: '不同意奖励', refuseRewardFollows: (yuan: string) => `奖励 ${yuan}不发放，举报人会看到您写的理由。本次决定不能撤销；派单员可以重新提出奖励。`,
  paid: '登记奖励已发放', paidFollows: (yuan: string) => `登记奖励 ${yuan}已经发给举报人。请先确认款项已经付出、金额无误；登记后不能更改或撤销，以您的名义记录在案。`,
  reason: '理由', explanation: '向举报人说明', reasonPublic: '请写清楚、有礼貌。', place: '地点', division: '所在乡镇或村居', enterprise: '企业名称', urgency: '紧急程度', rejectReason: '原因',
} as const
