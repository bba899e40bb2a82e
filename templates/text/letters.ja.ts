import type { LetterKind } from '../../src/store/schema.ts'

/** The sentences of the letters, in Japanese: the source. Words that pages use too are in `ja.ts`. */
export const ja = {
  subject: (mark: string, title: string, day: string, number: string) => `${mark}${title} ${day} 受付番号 ${number}`,
  mark: {
    booked: '【予約確定】',
    promoted: '【予約確定】',
    moved: '【変更】',
    cancelled: '【キャンセル】',
    waiting: '【キャンセル待ち】',
    offered: '【繰り上げのご案内】',
    lapsed: '【繰り上げのご案内】期限切れ ',
    left: '【キャンセル】キャンセル待ち ',
    link: '【予約の確認】',
  } satisfies Record<LetterKind, string>,
  heading: {
    booked: 'ご予約を承りました',
    promoted: '席が空き、ご予約が決まりました',
    moved: 'ご予約の日時を変更しました',
    waiting: 'キャンセル待ちを承りました',
    offered: '席が空きました',
    lapsed: '繰り上げのご案内の期限が過ぎました',
    left: 'キャンセル待ちを取り消しました',
    cancelled: 'ご予約をキャンセルしました',
    link: 'ご予約の内容をお送りします',
  } satisfies Record<LetterKind, string>,
  dear: (name: string) => `${name} 様`,
  opening: {
    booked: [
      'お申し込みありがとうございます。次のとおり、ご予約が決まりました。',
      '当日まで、このメールを消さずにお持ちください。',
    ],
    promoted: [
      'キャンセル待ちをいただいていた次の回に席が空き、ご予約が決まりました。',
      'ご都合が悪くなったときは、お早めにキャンセルの手続きをお願いします。',
    ],
    moved: [
      'ご予約の日時を、次のとおり変更しました。受付番号は変わりません。',
      '変更した覚えがないときは、お手数ですが、下の窓口にお電話ください。',
    ],
    waiting: [
      'お申し込みありがとうございます。次の回は満席のため、キャンセル待ちとして承りました。まだ予約は決まっていません。',
      '席が空いたときは、お申し込みの順に、メールでご案内します。',
    ],
    offered: [
      'キャンセル待ちをいただいていた次の回に、席が空きました。席は下の期限までお取りしています。まだ予約は決まっていません。',
      '期限までに、リンクのページで「予約する」または「辞退する」を選んでください。窓口へのお電話でも承ります。期限を過ぎると、次の方にご案内します。',
    ],
    lapsed: [
      'お取りしていた席の期限が過ぎたため、次の方にご案内しました。このキャンセル待ちは終わりました。',
      'ほかの日程のお申し込みを、お待ちしています。',
    ],
    left: [
      '次の回のキャンセル待ちを取り消しました。',
      '取り消した覚えがないときは、お手数ですが、下の窓口にお電話ください。',
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
  position: '順番',
  nth: (position: number) => `${position}番目（このメールの時点）`,
  anySlot: 'どの時間でも',
  offerEnds: 'お返事の期限',
  was: '変更前',
  manage: {
    title: '予約の確認・変更・キャンセル',
    text: '次のリンクからできます。リンクはご本人だけのものです。ほかの人に知らせないでください。',
    open: 'ご予約のページを開く',
  },
  answer: {
    title: 'お返事（予約する・辞退する）',
    text: '次のリンクのページで選んでください。開いただけでは何も決まりません。',
    open: 'お返事のページを開く',
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
