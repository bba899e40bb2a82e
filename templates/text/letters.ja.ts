import type { LetterKind } from '../../src/store/schema.ts'

/** The sentences of the letters, in Japanese: the source. Words that pages use too are in `ja.ts`. */
export const ja = {
  subject: (mark: string, title: string, day: string, number: string) => `${mark}${title} ${day} 受付番号 ${number}`,
  mark: { booked: '【予約確定】', cancelled: '【キャンセル】', link: '【予約の確認】' } satisfies Record<
    LetterKind,
    string
  >,
  heading: {
    booked: 'ご予約を承りました',
    cancelled: 'ご予約をキャンセルしました',
    link: 'ご予約の内容をお送りします',
  } satisfies Record<LetterKind, string>,
  dear: (name: string) => `${name} 様`,
  opening: {
    booked: [
      'お申し込みありがとうございます。次のとおり、ご予約が決まりました。',
      '当日まで、このメールを消さずにお持ちください。',
    ],
    cancelled: [
      '次のご予約をキャンセルしました。',
      'キャンセルした覚えがないときは、お手数ですが、下の窓口にお電話ください。',
    ],
    link: [
      'ご予約の内容と、変更やキャンセルができるリンクをお送りします。',
      'このメールは、「予約の確認」のページでお申し出があったとき、または、すでにご予約のある日程に重ねてお申し込みがあったときにお送りしています。お心当たりがないときは、そのままにしてください。ご予約は変わりません。',
    ],
  } satisfies Record<LetterKind, string[]>,
  what: '内容',
  when: '日時',
  format: '開催形式',
  place: '場所',
  note: 'ご案内',
  number: '受付番号',
  deadline: 'キャンセルの期限',
  manage: {
    title: '予約の確認・変更・キャンセル',
    text: '次のリンクからできます。リンクはご本人だけのものです。ほかの人に知らせないでください。',
    open: 'ご予約のページを開く',
  },
  byPhone: {
    title: 'お電話でも手続きできます',
    text: (number: string) =>
      `リンクが開けないときや、お急ぎのときは、窓口にお電話ください。受付番号「${number}」をお伝えいただければ、予約の確認・変更・キャンセルをいたします。`,
  },
  ask: {
    title: 'お問い合わせ',
    text: (number: string) => `窓口にお電話のうえ、受付番号「${number}」をお伝えください。`,
  },
  calendar: {
    title: 'カレンダーに追加',
    text: 'このメールに付いている invite.ics か、次のリンクを開くと、お使いのカレンダーに予定が入ります。',
    file: 'カレンダーファイル（.ics）',
  },
  again: {
    title: 'ほかの日程をさがす',
    text: 'またのお申し込みをお待ちしています。これからの日程は、次のリンクからご覧いただけます。',
    open: 'これからの日程を見る',
  },
  phone: (phones: string[]) => `電話 ${phones.join('、')}`,
  replies: 'このメールは自動でお送りしています。ご質問は、このメールへの返信でもお受けします。',
  noReplies: 'このメールは送信専用です。返信いただいてもお読みできませんので、ご用の方は窓口にお電話ください。',
}

/** Every sentence of the letters in one language. */
export type LetterTexts = typeof ja
