import { spoken } from '../spoken.ts'

/** The poster of a series or desk, and its short address. */
export const poster = spoken({
  ja: {
    open: 'ポスター・QRコード',
    title: 'ポスター',
    lead: 'A4の紙に印刷して掲示できます。短いアドレスとQRコードは、日程が変わっても同じものを使えます。',
    none: {
      what: '短いアドレスがまだありません。',
      next: 'チラシやポスターに載せるための、短いアドレスとQRコードを作成します。一度作成すると変わりません。',
    },
    make: '短いアドレスを作成する',
    how: 'ご予約はこちらから',
    scan: 'スマートフォンで読み取るか、アドレスを入力してください。',
    qr: (url: string) => `QRコード：${url}`,
    ahead: 'これからの日程',
    more: '最新の日程と空き状況は、上のページでご確認ください。',
    phone: 'お電話でのご予約・お問い合わせ',
  },
  en: {
    open: 'Poster and QR code',
    title: 'Poster',
    lead: 'Print it on A4 paper. The short address and the QR code stay the same when the dates change.',
    none: {
      what: 'There is no short address yet.',
      next: 'This makes a short address and a QR code for leaflets and posters. Once made, it never changes.',
    },
    make: 'Make a short address',
    how: 'Book here',
    scan: 'Scan the code with your phone, or type the address.',
    qr: (url) => `QR code: ${url}`,
    ahead: 'Next dates',
    more: 'See the page above for all dates and free places.',
    phone: 'To book or ask by phone',
  },
})
