import type { DeadLink } from '../../../src/booking/link.ts'
import { spoken, type What } from '../spoken.ts'

/** The answers that have a page of their own. */
export type ErrorStatus = 400 | 403 | 404 | 405 | 409 | 413 | 415 | 429 | 500 | 503

/** The pages of HTTP errors. */
export const fault = spoken({
  ja: {
    400: { what: '送信された内容を読み取れませんでした', next: '前のページに戻って、もう一度お試しください。' },
    403: {
      what: 'この操作はできません',
      next: 'ほかのサイトから送られたか、許可されていない操作です。トップページからやり直してください。',
    },
    404: {
      what: 'ページが見つかりません',
      next: 'アドレスが間違っているか、掲載が終わったページです。下のリンクからお探しください。',
    },
    405: { what: 'この方法では開けないページです', next: '下のリンクから、もう一度お探しください。' },
    409: {
      what: 'ほかの操作と重なりました',
      next: '少し待ってから、もう一度お試しください。予約の状況は「予約の確認」でお確かめいただけます。',
    },
    413: { what: '送信された内容が大きすぎます', next: '前のページに戻り、文章を短くしてお試しください。' },
    415: { what: 'この形式では受け付けられません', next: 'お申し込みのページから、もう一度お試しください。' },
    429: {
      what: 'アクセスが集中しています',
      next: '恐れ入りますが、1分ほど待ってから、もう一度お試しください。',
    },
    500: {
      what: '処理できませんでした',
      next: '申し訳ありません。少し待ってから、もう一度お試しください。続くときは、地域の窓口にお電話ください。お電話でもご予約いただけます。',
    },
    503: {
      what: 'ただいまご利用いただけません',
      next: '数分後に、もう一度お試しください。お急ぎの方は、地域の窓口にお電話ください。',
    },
  } satisfies Record<ErrorStatus, What>,
  en: {
    400: { what: 'We could not read what was sent', next: 'Please go back and try again.' },
    403: {
      what: 'This is not allowed',
      next: 'The request came from another site, or is not permitted. Please start again from the home page.',
    },
    404: {
      what: 'Page not found',
      next: 'The address may be wrong, or the page is no longer there. Please use the links below.',
    },
    405: { what: 'This page cannot be opened in this way', next: 'Please use the links below.' },
    409: {
      what: 'Something else happened at the same time',
      next: 'Please wait a moment and try again. “My booking” shows the state of your booking.',
    },
    413: { what: 'Too much was sent at once', next: 'Please go back, shorten your text and try again.' },
    415: { what: 'This type of data cannot be accepted', next: 'Please try again from the booking page.' },
    429: { what: 'Too many requests', next: 'Please wait a minute and try again.' },
    500: {
      what: 'Sorry, something went wrong',
      next: 'Please wait a moment and try again. If it keeps happening, phone a local desk; you can also book by phone.',
    },
    503: {
      what: 'Not available just now',
      next: 'Please try again in a few minutes. If it is urgent, phone a local desk.',
    },
  },
})

/** Other sentences of the error pages. */
export const faultPage = spoken({
  ja: {
    brokenLink: {
      what: 'このリンクからは、ご予約を開けませんでした。',
      next: 'リンクに誤りがあるか、すでに使えなくなっています。メールのリンクをもう一度お確かめください。リンクは、下の「予約の確認」からもう一度お受け取りいただけます。',
    } satisfies What,
    deadLink: {
      cut: {
        what: 'リンクが途中で切れています。',
        next: 'メールのリンクを最後までコピーして、もう一度お開きください。リンクは、下の「予約の確認」からもう一度お受け取りいただけます。',
      },
      replaced: {
        what: 'このリンクは、新しいリンクに変わりました。',
        next: 'ご連絡先のメールアドレスが変わったためです。新しいアドレスに届いたメールのリンクをお使いください。届いていないときは、窓口にお電話ください。',
      },
      used: {
        what: 'メールアドレスの変更は、すでに完了しています。',
        next: 'ご予約は、新しいアドレスに届いたメールのリンクから開けます。届いていないときは、窓口にお電話ください。',
      },
      erased: {
        what: 'このご予約の個人情報は、削除されています。',
        next: '削除したご予約は、開くことも元に戻すこともできません。あらためて予約するときは、相談会・セミナーの日程からお申し込みください。',
      },
    } satisfies Record<NonNullable<DeadLink>, What>,
    brokenTell: {
      what: 'このリンクは使えません。',
      next: 'リンクが途中で切れているか、日程のお知らせの登録が終わっています。メールのリンクをもう一度お確かめください。',
    } satisfies What,
    faultId: (id: string) => `お問い合わせの際は、この番号をお伝えください：${id}`,
    faultHome: 'トップページへ',
  },
  en: {
    brokenLink: {
      what: 'This link does not open a booking.',
      next: 'It may be mistyped, or it no longer works. Please check the link in your e-mail. “My booking” below sends you your link again.',
    },
    deadLink: {
      cut: {
        what: 'This link is incomplete.',
        next: 'Please copy the whole link from your e-mail and open it again. “My booking” below sends you your link again.',
      },
      replaced: {
        what: 'This link was replaced by a new one.',
        next: 'The e-mail address of the booking has changed. Please use the link in the e-mail to the new address. If you did not get it, phone the desk.',
      },
      used: {
        what: 'The e-mail address was changed already.',
        next: 'Please open your booking from the e-mail to the new address. If you did not get it, phone the desk.',
      },
      erased: {
        what: 'The personal data of this booking was erased.',
        next: 'An erased booking cannot be opened or restored. To book again, please choose a date from the calendar.',
      },
    },
    brokenTell: {
      what: 'This link does not work.',
      next: 'It may be incomplete, or what you asked us to tell you is over. Please check the link in your e-mail.',
    },
    faultId: (id) => `If you contact us, please give this number: ${id}`,
    faultHome: 'Go to the home page',
  },
})
