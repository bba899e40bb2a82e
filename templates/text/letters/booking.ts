import { spoken } from '../spoken.ts'

/** Letters about one’s own booking. */
export const booking = spoken({
  ja: {
    booked: {
      mark: '【予約確定】',
      heading: 'ご予約を承りました',
      opening: [
        'お申し込みありがとうございます。次のとおり、ご予約が決まりました。',
        'このメールは、当日まで保管してください。',
      ],
    },
    moved: {
      mark: '【変更】',
      heading: 'ご予約の日時を変更しました',
      opening: [
        'ご予約の日時を、次のとおり変更しました。受付番号は変わりません。',
        '変更した覚えがないときは、お手数ですが、下の窓口にお電話ください。',
      ],
    },
    amended: {
      mark: '【変更】',
      heading: 'お申し込みの内容を変更しました',
      opening: [
        'お申し込みの内容を、次のとおり変更しました。受付番号は変わりません。',
        '変更した覚えがないときは、お手数ですが、下の窓口にお電話ください。',
      ],
    },
    cancelled: {
      mark: '【キャンセル】',
      heading: 'ご予約をキャンセルしました',
      opening: [
        '次のご予約をキャンセルしました。',
        'キャンセルした覚えがないときは、お手数ですが、下の窓口にお電話ください。',
      ],
    },
    link: {
      mark: '【予約の確認】',
      heading: 'ご予約の内容をお送りします',
      opening: [
        'ご予約の内容と、変更やキャンセルができるリンクをお送りします。',
        'このメールは、「予約の確認」のページでお申し出があったとき、または、すでにご予約のある日程に重ねてお申し込みがあったときにお送りしています。お心当たりがないときは、そのままにしてください。ご予約は変わりません。',
      ],
    },
    reminder: {
      mark: '【前日のご案内】',
      heading: '明日のご予約のご案内',
      opening: [
        'ご予約の日が、明日になりました。お待ちしています。',
        'ご都合が悪くなったときは、お早めにキャンセルの手続きをお願いします。席をお待ちの方にご案内できます。',
      ],
    },
  },
  en: {
    booked: {
      mark: '[Booking confirmed]',
      heading: 'Your booking is confirmed',
      opening: ['Thank you for booking. Your place is confirmed.', 'Please keep this letter until the day.'],
    },
    moved: {
      mark: '[Booking changed]',
      heading: 'Your booking has been moved',
      opening: [
        'Your booking has a new time, as below. The booking number stays the same.',
        'If you did not ask for this, please call the desk named below.',
      ],
    },
    amended: {
      mark: '[Changed]',
      heading: 'Your details have been changed',
      opening: [
        'The details have been changed, as below. The booking number stays the same.',
        'If you did not ask for this, please call the desk named below.',
      ],
    },
    cancelled: {
      mark: '[Booking cancelled]',
      heading: 'Your booking is cancelled',
      opening: ['This booking has been cancelled.', 'If you did not ask for this, please call the desk named below.'],
    },
    link: {
      mark: '[Your booking]',
      heading: 'Here is your booking',
      opening: [
        'Here are the details of your booking and the link to change or cancel it.',
        'We send this letter when somebody asks for it on the page “My booking”, or applies again for a date that you have already booked. If this was not you, there is nothing to do: your booking stays as it is.',
      ],
    },
    reminder: {
      mark: '[Tomorrow]',
      heading: 'Your booking is tomorrow',
      opening: [
        'Your booking is tomorrow. We look forward to seeing you.',
        'If you cannot come, please cancel soon, so that the people who wait can have the place.',
      ],
    },
  },
})

/** To people whose application is no booking yet, if they ask for their link. */
export const applied = spoken({
  ja: {
    mark: '【お申し込みの確認】',
    heading: 'お申し込みの内容をお送りします',
    opening: [
      'お申し込みの内容と、変更や取り消しができるリンクをお送りします。',
      'このメールは、「予約の確認」のページでお申し出があったとき、または、すでにお申し込みのある日程に重ねてお申し込みがあったときにお送りしています。お心当たりがないときは、そのままにしてください。お申し込みは変わりません。',
    ],
  },
  en: {
    mark: '[Your application]',
    heading: 'Here is your application',
    opening: [
      'Here are the details of your application and the link to change or withdraw it.',
      'We send this letter when somebody asks for it on the page “My booking”, or applies again for a date. If this was not you, there is nothing to do: your application stays as it is.',
    ],
  },
})
