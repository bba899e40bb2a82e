import type { Help } from './help.ts'

/** Help for letters, messages, calls and caps. */
export const ofLetters = {
  '/desk/outbox': {
    ja: [
      '予約した方へ送ったメールの一覧です。',
      '送信できなかったものには、理由が表示されます。',
      '「届いていない」と連絡があったときは、そのメールを開いて再送できます。',
    ],
    en: [
      'The letters to people who booked.',
      'If one could not be sent, the reason is shown.',
      'Open a letter to send it again.',
    ],
  },
  '/desk/outbox/:id': {
    ja: [
      '1通のメールの内容と、送信の状況です。',
      '「もう一度送る」を押すと、同じ宛先にもう一度送ります。',
      'アドレスが間違っているときは、予約のページで連絡先を訂正してください。',
    ],
    en: [
      'One letter, and whether it was sent.',
      'Send it again to the same address with the button.',
      'If the address is wrong, correct it on the page of the booking.',
    ],
  },
  '/desk/messages': {
    ja: [
      '予約した方へまとめて送った、お知らせの一覧です。',
      '新しく送るには、開催のページ、定期開催のページ、予約台帳から始めます。',
      '件名を選ぶと、届いた数と残りの数が分かります。',
    ],
    en: [
      'Messages that were sent to many people.',
      'Start a new one on the page of a session or series, or in the ledger.',
      'Open one to see how many have left.',
    ],
  },
  '/desk/messages/new': {
    ja: [
      '件名と本文を書いて、当てはまる方全員に送ります。',
      '{お名前} などの言葉は、お一人ずつの内容に置き換わります。',
      '送る前に、届く方と文面を確かめられます。メールのない方は「お電話が必要な方」に加わります。',
    ],
    en: [
      'Write to everybody of a session, a series or a search.',
      'Words in braces become the details of each reader.',
      'See the readers and the letter first. People without e-mail are put on the call list.',
    ],
  },
  '/desk/messages/:id': {
    ja: [
      'お知らせの文面と、送信の状況です。',
      'この画面を閉じても、送信は続きます。',
      '送信できなかったメールと、お電話する方を、ここから開けます。',
    ],
    en: [
      'The words of a message, and how far it is.',
      'It goes on when you leave this page.',
      'Letters that failed and people to call are one click away.',
    ],
  },
  '/desk/texts': {
    ja: [
      'メールの種類ごとに、窓口からの文章を加えます。',
      '実際の予約で、見本を確かめてから保存してください。',
      '決まった文や日時、リンクは必ず入ります。いつでも標準の文に戻せます。',
    ],
    en: [
      'Add a paragraph of your own to each kind of letter.',
      'Look at a sample with a real booking before you save.',
      'What must be said is always said. You can return to the standard.',
    ],
  },
  '/desk/texts/sender': {
    ja: [
      'メールの差出人の名前、返信先、署名を決めます。',
      '実際の予約で、見本を確かめてから保存してください。',
      '空欄の項目は、定期開催、年度、事業名と連絡先の順に探します。いつでも標準に戻せます。',
    ],
    en: [
      'Choose the name that letters come from, the address for replies, and the signature.',
      'Look at a sample with a real booking before you save.',
      'An empty field is as the series, the year or the house says. You can return to the standard.',
    ],
  },
  '/desk/texts/files': {
    ja: [
      '予約確定のメールに付けるPDFと、メールのロゴを決めます。',
      '追加したファイルは、これから送るメールに付きます。下の見本で確かめてください。',
      '要らなくなったら、「削除する」を押してください。届いたメールのファイルは消えません。',
    ],
    en: [
      'Choose the documents that confirmations carry, and the logo of letters.',
      'They count for letters from now on. Check them in the sample below.',
      'Remove what is not needed any more. Letters that arrived keep their files.',
    ],
  },
  '/desk/calls/:id': {
    ja: [
      '電話でお伝えする内容です。',
      'お伝えしたら「連絡済みにする」、つながらないときは「つながらなかった」を押してください。',
      '間違えて押したときは、取り消せます。',
    ],
    en: [
      'What to say on the phone.',
      'Press “Called” afterwards, or say that nobody answered.',
      'A mistake can be taken back.',
    ],
  },
  '/desk/caps': {
    ja: [
      'いたずらを防ぐための上限に達して、お断りしたものの一覧です。',
      '事情を伺い、問題がなければ「上限を上げる」を選びます。',
      '窓口で入力する予約には、上限がありません。',
    ],
    en: [
      'What was refused because a cap against abuse was reached.',
      'If there is a good reason, raise the cap.',
      'Bookings that a desk enters are not capped.',
    ],
  },
  '/desk/caps/:id': {
    ja: [
      'この方から受け付ける上限を上げます。',
      'お電話などで事情を確かめてから、ボタンを押してください。',
      'いつでも元の上限に戻せます。',
    ],
    en: [
      'Allow more bookings from this person.',
      'Ask them for the reason before you press the button.',
      'The old cap can be restored at any time.',
    ],
  },
} as const satisfies Record<string, Help>
