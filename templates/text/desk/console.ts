import { spoken } from '../spoken.ts'

/** The name and menus of the console, and words that many of its pages use. */
export const consoleWords = spoken({
  ja: {
    console: '管理画面',
    menu: '管理メニュー',
    nav: {
      today: '今日',
      bookings: '予約台帳',
      schedule: '日程',
      letters: '送信メール',
      caps: '受付の上限',
      figures: '集計',
      people: '担当者',
      security: '設定',
    },
    publicSite: '公開ページ',
    signOut: 'ログアウト',
    role: { viewer: '閲覧', desk: '窓口', secretariat: '事務局', expert: '専門家' },
    everywhere: '全国',
    channel: { web: 'ネット', api: 'API連携', phone: '電話', counter: '来所', mail: 'メール' },
    seats: (seats: number) => `${seats}名`,
    none: '−',
  },
  en: {
    console: 'Console',
    menu: 'Console menu',
    nav: {
      today: 'Today',
      bookings: 'Ledger',
      schedule: 'Schedule',
      letters: 'Letters',
      caps: 'Caps',
      figures: 'Figures',
      people: 'People',
      security: 'Settings',
    },
    publicSite: 'Public pages',
    signOut: 'Sign out',
    role: { viewer: 'Viewer', desk: 'Desk', secretariat: 'Secretariat', expert: 'Expert' },
    everywhere: 'All of Japan',
    channel: { web: 'Web', api: 'API', phone: 'Phone', counter: 'Counter', mail: 'Mail' },
    seats: (seats) => `${seats}`,
    none: '−',
  },
})
