// Words of the call desk and of the dispatcher's desk: call sheet, call log, transcripts, queue, bulk acts, what is stuck.

export const keys = {
  title: '键盘操作', next: '下一条', previous: '上一条', list: '显示或收起按键表', mark: '勾选或取消这一条', ctrlEnter: 'Ctrl + 回车',
} as const

export const call = {
  title: '接听登记', fresh: '必填：反映什么（或者附录音、照片）、在哪里（或者坐标）。', freshKeys: '按 Tab 逐项填写，Ctrl + 回车登记。', channel: '来源', phone: '电话', counter: '窗口', line: '拨的是哪个举报电话', anyLine: '不清楚',
  narrative: '反映什么', narrativeHelp: '照举报人说的写。原文密封保存，只有甄审人员、登记的话务员和纪委监委看得到。', place: '在哪里', placeHelp: '村组、路名、厂名，不写人名和电话。', placeExample: '例如：胡集镇老砖瓦厂院内',
  division: '所在乡镇或村居', divisionHelp: '输入几个字查找；写好地点会自动判断。', divisionKeys: '上下键选择，回车确定。', divisionGuessed: (name: string) => `按地点判断为${name}，不对请改。`, divisionMany: '地点可能是下面几处，请问清楚：', divisionNone: '没有找到这个地方，可以留空。', divisionClear: '清除', unitsMissing: '单位名录没有读到，可以先不选。',
  seen: '看到了什么', seenHelp: '按 Tab 到这里以后，按数字勾选', seenWhen: '什么时候看到的', seenWhenExample: '例如：每天夜里',
  danger: '现在就有险情：泄漏、起火、爆炸或者有人受伤', dangerTell: '请马上告诉举报人：立即离开现场，拨打 119 和 110。登记后值班人员会立即收到报警。',
  caller: '举报人', anonymous: '匿名', named: '留下联系方式', contactHelp: '举报人信息密封保存，查看须另行批准。匿名的不要在任何地方写姓名和电话。', name: '姓名', number: '电话', address: '地址', email: '电子邮箱',
  confidential: '对承办单位保密', confidentialHelp: '请念给举报人：“承办单位只看得到工作人员写的摘要，看不到您的原话；要求保密的，承办单位也看不到照片，承办人看不到您说的现象和时间。”举报人明确说不用保密的，才取消勾选。', wantsAnswer: '要求答复', more: '更多：坐标、录音、照片、反映单位或干部', coordinates: '坐标', coordinatesHelp: '先纬度后经度，例如 34.12345, 118.67890；没有就不填。',
  photos: '照片', photosHelp: '窗口带来的照片，最多 10 张，每张不超过 10 MB。', choosePhotos: '选择照片', remove: '移除',
  concerns: '反映的是单位或干部（例如包庇、通风报信）', concernsHelp: '选了以后，所写的单位、干部及其下级看不到这条线索，改由上一级甄审。都不填的，县区以下都看不到。', units: '反映的单位', persons: '反映的干部', said: '举报人怎么说', findPerson: '按姓名查找',
  submit: '登记', sending: '正在登记……', keepTyped: '没有登记上，填写的内容都还在。', insider: '举报人是不是内部人员不在这里登记，以免暴露身份；提出奖励时再注明。',
  reset: '清空重填', resetSure: '清空这一通电话已经填写的内容？', resetYes: '清空', resetNo: '继续填写',
  needNarrative: '请写下反映什么，或者附上录音、照片。', needPlace: '请写下地点，或者填写坐标。', badCoordinates: '坐标看不懂，请按“纬度, 经度”填写。', tooManyPhotos: '最多 10 张照片。', photoTooLarge: (name: string) => `${name} 超过 10 MB，没有加入。`, photosTooLarge: '照片和录音合计太大，请登记后再补充。',
  recordings: '通话录音', chooseRecording: '选择录音', recordingsHelp: '来不及记的，附上录音，登记后由话务员整理成文字。最多 3 段，每段不超过 20 MB，连照片合计不超过 40 MB；也可以登记以后在线索里补存。', tooManyRecordings: '最多 3 段录音，其余登记后再补。', stillReading: '录音或照片还没有读完，请稍候再登记。',
  place_: 'F2', named_: 'F4', danger_: 'F8',
  toPlace: '到“在哪里”', toggleNamed: '匿名或留联系方式', toggleDanger: '现场有险情', doSubmit: '登记',
} as const

export const receipt = {
  title: '已登记，请把查询码念给举报人', once: '查询码只显示这一次，系统不保存。请念两遍，请举报人记下来再挂电话。', group: (index: number, digits: string) => `第 ${index} 组 ${digits}`,
  say: '请告诉举报人', sayDanger: '请立即离开现场，拨打 119 和 110；值班人员已经收到报警。', sayUse: '凭这 16 位查询码可以再打电话、上网或者发短信查看进展、补充情况；不需要说姓名。',
  sayWhen: (limit: string) => `${limit ? `${limit}内` : '我们会尽快'}决定是否受理，查询时可以看到。`, sayAnswer: '办理有结果后会答复您，凭查询码也能看到。', sayKeep: '请不要把查询码告诉别人；丢了不能补，可以重新举报。', sayConfidential: '您的姓名和电话密封保存，承办单位看不到。',
  mayBeOld: '前一次提交时网络中断，系统记下的可能是当时的内容。后来改动过的话，请打开线索补记。', open: '打开这条线索', next: '接下一个电话', nextKey: 'N',
} as const

export const calls = {
  title: '来电来访记录', hint: '电话和窗口登记的举报，新的在前。这里不显示举报人；要补记通话内容，请打开线索。', search: '地点、企业、案情或编号', area: '所属地区', state: '甄审情况',
  none: '还没有电话举报。接到电话后在“接听登记”里登记。', noneCounter: '还没有窗口举报。', noneFound: '没有符合条件的登记，请放宽条件再看。', count: (total: number) => `共 ${total} 条`, toCall: '去接听登记', days: '收到',
} as const

export const transcripts = {
  title: '待整理的录音和短信', kinds: { transcript_to_record: '只有录音或照片的', place_to_record: '短信和缺地点的' },
  hints: { transcript_to_record: '只有录音的来电、只有照片的窗口举报，请听录音、看照片以后把反映的情况写成文字，甄审人员才好判断。', place_to_record: '短信和只有录音的来电没有写明在哪个乡镇，补记以后才能自动查找重复举报，所在县区的派单员也才看得到。' },
  nothing: { transcript_to_record: '没有等着写成文字的录音或照片。缺地点的举报在“短信和缺地点的”里。', place_to_record: '没有要补记地点的举报。等着写成文字的在“只有录音或照片的”里。' }, count: (total: number) => `共 ${total} 条待整理`, waiting: '已等', choose: '选一条开始整理。',
  write: { transcript_to_record: '反映的情况', place_to_record: '补记地点' }, where: '在哪里', placeHelp: '看内容（听录音）里说的是哪里。说不清的不要猜，留给甄审人员；反映单位或者干部的也不要补记，留在市里甄审，以免本地看到。', needPlace: '请写下地点。', needDivision: '请选择所在的乡镇或者村居；只知道县区的，选择县区。', writeHelp: '说了什么、图上有什么，照实写；听不清、看不清的写“（听不清）”“（看不清）”。密封保存，最多 10000 字。',
  save: '保存并看下一条', saved: '已保存。', unsaved: '这一条还没有保存', leaveSure: '整理的内容还没有保存，离开就没有了。', leave: '不要了，离开', stay: '继续整理', toTip: '打开线索', need: '请写下反映的情况。', waits: { transcript_to_record: '来电还没有写成文字', place_to_record: '还没有补记地点' },
} as const

export const recordings = {
  add: '补存通话录音', addHelp: 'MP3、WAV、M4A 或 OGG，每段不超过 20 MB。密封保存，只有甄审人员、话务员和纪委监委可以听；举报人销毁举报内容时一并销毁。', tooLarge: (name: string) => `${name} 超过 20 MB，请转成 MP3 或者分段后再上传。`, refused: '录音没有传上去。',
  progress: (name: string) => `${name} 的上传进度`, kept: '录音已密封保存。', again: '再传一次', sending: '正在上传', stop: '停止上传',
} as const

export const screening = {
  title: '待甄审', hint: '点一条看详情；几条说的是同一处的，勾选后并入已有的同一个案件；还没有案件的，先受理一条立案。', none: '没有由您甄审的线索。新的线索会自动出现在这里。', toTips: '看辖区内待甄审的线索', received: '收到', number: (number: string) => `编号\u00a0${number}`, count: (total: number, overdue: number) => `共 ${total} 条，其中超期 ${overdue} 条`, choose: '请选一条线索。', chooseKeys: '也可以按 J 键打开第一条。', queue: '待甄审的线索',
  gone: '这一条已经办完，按 J 看下一条。', back: '回到清单', at: (index: number, total: number) => `第 ${index} 条，共 ${total} 条`, mark: (what: string) => `勾选：${what}`, marked: (many: number) => `已勾选 ${many} 条`,
  linkMarked: '并入同一个案件', linkTitle: (many: number) => `把 ${many} 条线索并入同一个案件`, linkFollows: '一条一条并入；各位举报人都会得到这个案件的结果。并错了可以在线索里解除关联。没有并成的会留着勾选，写明原因。', findCase: '按地点、企业、案情或编号查找案件', noCase: '没有找到未办结的案件。', linkInto: '并入', unmark: '全部取消',
  search: '地点或编号',
} as const

export const similar = {
  title: '可能是同一点位', none: '附近没有相似的线索或案件。', hint: '由您判断。并入以后，各位举报人都会得到同一案件的结果；并错了可以解除。', join: '并入这个案件', open: '打开', tip: '线索', case: '案件', likeness: (share: number) => `相似程度 ${Math.round(share * 100)}%`,
  number: (number: string) => `编号 ${number}`, here: '这一条', there: '相似的', place: '地点', enterprise: '企业', summary: '案情', state: '状态', unknown: '—', alsoWaits: '相似的那条也待甄审：先受理其中一条立案，再把另一条并入。', closed: '已办结的案件不能并入；确有反弹的，请受理立案。',
} as const

export const bulk = {
  close: '关闭',
  progress: (done: number, all: number) => `已办 ${done} / ${all}`, running: '正在逐件办理……', stop: '停下来', done: '已办', waiting: '待办', refused: '未成功', finished: (done: number, refused: number) => refused === 0 ? `全部办完，共 ${done} 件。` : `成功 ${done} 件，未成功 ${refused} 件；未成功的仍勾选着，改后可以再办。`, broken: '网络断了，后面的没有办；恢复后可以接着办。', stopped: '已停下，后面的没有办。',
} as const

export const assigning = {
  title: '待交办', pick: '交办', hint: '勾选要交给同一个单位的案件，一次交办。', opened: '待交办', returned: '已退回', awaiting: '待指定管辖', search: '地点、企业、案情或编号', area: '所属地区',
  none: '没有待交办的案件。', noneFound: '没有符合条件的案件，请放宽条件再看。', count: (total: number) => `共 ${total} 件`, mark: (what: string) => `勾选：${what}`, all: '本页全选', marked: (many: number) => `已勾选 ${many} 件`,
  to: '承办单位', coHandlers: '协办单位', instructions: '交办要求', follows: '承办单位立即收到待办，从现在起计算签收时限；超期未签收自动催办。只能交给本辖区内的下级政府或部门。', assign: (many: number) => `交办这 ${many} 件`, needUnit: '请选择承办单位。', suggest: (name: string) => `都在${name}，交给${name}`,
  makeUrgent: '作为紧急案件交办（时限按紧急的计算，不能改回）',
  awaitingHint: '两次退回的案件须逐件指定管辖，请打开案件办理。', mayNot: '不在您的辖区', unitsUnread: '单位名录没有读到，还不知道哪些案件在您的辖区，暂时不能勾选。', returns: (many: number) => `退回 ${many} 次`,
} as const

export const stuck = {
  title: '卡在哪里', hint: '各单位正在计算的时限：哪些已经超期、超了多久，哪些长时间没有进展。点开单位看是哪些案件和事项。这里按事项计数，一件案件可能有几项。', overdue: '已超期', unmoved: '长时间没有进展', days: (days: number) => `停了 ${days} 天以上`, threshold: '停了多久', area: '所属地区',
  none: '没有卡住的事项。到期没有办的，会自动出现在这里。', noneUnmoved: '没有停滞这么久的事项。', toUnmoved: '看停得久、还没有超期的', toFewer: (days: number) => `看停了 ${days} 天以上的`, toAll: '看全部地区', total: (items: number, units: number) => `${units} 个单位，${items} 项`, unit: '单位', items: (many: number) => `${many} 项`, overdueItems: (many: number) => `超期 ${many} 项`, oldest: (days: number) => `最久的一步停了 ${days} 天`, latest: (days: number) => (days ? `最久的已超期 ${days} 天` : '超期都不满一天'), late: (days: number) => (days ? `已超期 ${days} 天` : '超期不满一天'), standsSince: (days: number) => `停在这一步 ${days} 天`, due: '期限', rung: '已', incomplete: (read: number, total: number) => `事项太多，只看了先到期的 ${read} 项（共 ${total} 项）。选一个地区可以看全。`,
  kinds: '卡在什么事上', unassigned: '还没有交给单位',
} as const
