import { spoken } from '../spoken.ts'

/** The name of the site, its menus and its footer. */
export const site = spoken({
  ja: {
    site: 'テレワーク相談 窓口',
    skip: '本文へ移動',
    menu: 'メニュー',
    otherLanguage: 'English',
    mainMenu: 'メインメニュー',
    footerMenu: 'このサイトについて',
    nav: {
      calendar: '日程を探す',
      seminar: 'セミナー',
      desks: '地域の窓口',
      subscribe: 'カレンダー購読',
      lookup: '予約の確認',
    },
    operator: { operator: '運営：', phone: '電話：', email: 'メール：', address: '所在地：' },
    footer: {
      privacy: '個人情報の取り扱い',
      accessibility: 'アクセシビリティ',
      openData: 'オープンデータ',
      api: 'API（開発者向け）',
      notice:
        '地域のテレワーク相談会とセミナーの予約を受け付けるサイトです。総務省その他の官公庁のサイトではありません。',
    },
  },
  en: {
    site: 'Telework Desk Madoguchi',
    skip: 'Skip to content',
    menu: 'Menu',
    otherLanguage: '日本語',
    mainMenu: 'Main menu',
    footerMenu: 'About this site',
    nav: {
      calendar: 'Find a date',
      seminar: 'Seminars',
      desks: 'Local desks',
      subscribe: 'Calendar feed',
      lookup: 'My booking',
    },
    operator: { operator: 'Operated by ', phone: 'Phone: ', email: 'E-mail: ', address: 'Address: ' },
    footer: {
      privacy: 'Privacy',
      accessibility: 'Accessibility',
      openData: 'Open data',
      api: 'API (for developers)',
      notice:
        'All times are Japan time (JST, UTC+9). Bookings for free local telework consultations and seminars in Japan. This is not a website of the Ministry of Internal Affairs and Communications or any other government office.',
    },
  },
})
