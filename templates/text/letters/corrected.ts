import { spoken } from '../spoken.ts'

/** The letter to the former address of a booking. It may have reached a stranger, so it tells nothing of the booking. */
export const corrected = spoken({
  ja: {
    corrected: {
      mark: '【お知らせ】',
      heading: 'メールアドレスを訂正しました',
      opening: [
        'お申し込みのご連絡先として登録されていたこのメールアドレスを、窓口で訂正しました。',
        'このメールアドレスにお送りしたリンクは、使えなくなりました。今後のご連絡は、このメールアドレスにはお送りしません。',
      ],
    },
  },
  en: {
    corrected: {
      mark: '[Notice] ',
      heading: 'The e-mail address was corrected',
      opening: [
        'An application was registered with this e-mail address. The desk has corrected the address.',
        'The link that we sent to this address does not work any more. We send no further letters to it.',
      ],
    },
  },
})

/** For somebody whose address was given by mistake. */
export const stranger = spoken({
  ja: {
    title: 'お心当たりがないとき',
    text: 'ほかの方が、このメールアドレスを誤って登録したようです。お手続きは必要ありません。ご不明な点は、窓口にお電話ください。',
  },
  en: {
    title: 'If you know nothing of it',
    text: 'Somebody seems to have given your address by mistake. There is nothing to do. If you have questions, please call the desk.',
  },
})
