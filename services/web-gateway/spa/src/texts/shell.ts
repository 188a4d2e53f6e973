// Words around the pages: sign-in, menu, connection.
import words from '@words'

export const roleNames: Record<string, string> = words.role

export const shell = {
  brand: '工作台',
  signInTitle: '明察工作台',
  signInHint: '宿迁市“小化工”专项整治。账号由系统管理员发放；忘记密码请联系市安委办的系统管理员。',
  account: '账号',
  password: '密码',
  signIn: '登录',
  unsent: '有填写了一半、还没有提交的内容，退出后就没有了。', signOut: '退出',
  endedTitle: '登录已过期',
  endedHint: '为了安全，长时间未操作后需要重新输入密码。页面上的内容都还在，登录后继续办理。',
  noPage: '没有这个页面',
  noPageHint: '地址可能抄错了，或者页面已经改名。',
  toWork: '回到我的待办', toUnits: '回到单位管理',
  toPublic: '回到首页', forCitizens: '要举报或者查询举报进展，请到公众网站',
  notYours: (mine: string, theirs: readonly string[]) => `您现在的身份（${mine}）看不到这一页，这一页由${theirs.join('、')}使用。`,
  notYoursRemedy: '您不需要办理这里的事项；有需要的，请找负责这项工作的人员。', notYoursSwitch: '您还有其他身份，可以换一个再看。',
  actAs: (role: string) => `换成“${role}”身份再看`,
  actingAs: '当前身份',
  menu: '菜单',
  notLive: '连接已断开，正在重连；数据没有丢失。',
  work: '待办',
  overdue: '超期',
  skip: '跳到正文',
  help: '这一页怎么用',
  signInToSee: '，请登录查看', placeLine: '地点：',
  findsWithTips: '查案件、线索、单位、人员', finds: '查案件、单位、人员',
  other: '换人登录（未提交的内容会清除）',
} as const
