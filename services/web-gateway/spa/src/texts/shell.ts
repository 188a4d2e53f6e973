// Words around the pages: sign-in, menu, connection.

export const shell = {
  signInTitle: '明察工作台',
  signInHint: '宿迁市“小化工”专项整治。账号由系统管理员发放；忘记密码请联系本单位的系统管理员。',
  account: '账号',
  password: '密码',
  signIn: '登录',
  signOut: '退出',
  endedTitle: '登录已过期',
  endedHint: '为了安全，长时间未操作后需要重新输入密码。页面上的内容都还在，登录后继续办理。',
  noPage: '没有这个页面',
  noPageHint: '地址可能抄错了，或者页面已经改名。',
  toWork: '回到我的待办',
  actingAs: '当前身份',
  menu: '菜单',
  live: '待办自动更新',
  notLive: '连接已断开，正在重连；数据没有丢失。',
  work: '待办',
  overdue: '超期',
  skip: '跳到正文',
  help: '这一页怎么用',
  other: '换人登录（未提交的内容会清除）',
} as const
