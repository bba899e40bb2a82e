import type { Help } from './help.ts'

/** Help for series and for the questions they ask. */
export const ofSeries = {
  '/desk/series': {
    ja: [
      '毎週や毎月など、決まった繰り返しの開催です。',
      '90日先までの日程が自動で作成されるので、1回ずつ追加する必要はありません。',
      '名称を選ぶと、内容の変更や終了ができます。',
    ],
    en: [
      'Sessions that repeat weekly, monthly or on listed dates.',
      'Their days are made 90 days ahead, so nobody adds them one by one.',
      'Open one to change or end it.',
    ],
  },
  '/desk/series/new': {
    ja: [
      '毎週や毎月の開催を追加します。',
      '繰り返しを選び、時間・会場・定員を入力します。',
      '作成される日程を確かめてから、保存してください。',
    ],
    en: [
      'Add sessions that repeat.',
      'Choose how they repeat, then enter hours, venue and capacity.',
      'Look at the dates before you save.',
    ],
  },
  '/desk/series/:id': {
    ja: [
      'この定期開催の、これからの日程の内容を変更します。',
      '保存の前に、変わる日と、そのまま残る日を確かめられます。',
      '予約のある日や、個別に変更した日は変わりません。',
    ],
    en: [
      'Change the coming sessions of this series.',
      'Before you save, see which days change and which stay.',
      'Days with bookings, or edited individually, stay as they are.',
    ],
  },
  '/desk/series/:id/copy': {
    ja: [
      'この定期開催と同じ内容で、別の定期開催を追加します。',
      '違うところだけ修正してください。',
      '予約はコピーされません。',
    ],
    en: ['Add another series with the same details.', 'Change only what differs.', 'Bookings are not copied.'],
  },
  '/desk/series/:id/poster': {
    ja: [
      'この定期開催の予約ページを開く、短いアドレスとQRコードのポスターです。',
      'A4の紙に印刷して、窓口や会場に貼れます。',
      'アドレスは、印刷した後も変わりません。',
    ],
    en: [
      'A poster with a short address and a QR code of this series.',
      'Print it on A4 paper.',
      'The address never changes.',
    ],
  },
  '/desk/series/:id/advisers': {
    ja: [
      'この定期開催の、これからの回すべてに、相談員と部屋を割り当てます。',
      '同じ時間に、ほかの回にいる相談員や使用中の部屋は選べません。',
      '1回だけ変更するときは、その回のページから変更してください。',
    ],
    en: [
      'Assign an adviser and a room to all sessions ahead of this series.',
      'Nobody and no room can be in two places at one time.',
      'Change one session on its own page.',
    ],
  },
  '/desk/series/:id/end': {
    ja: [
      'この定期開催を、最後の日を決めて終了します。',
      'その後の予約のない日は、休止になります。',
      '予約のある日は残るので、開催しないときは1日ずつ中止にしてください。',
    ],
    en: [
      'End this series on a date.',
      'Later days that nobody has booked are skipped.',
      'Days with bookings stay. Call them off one by one if they are not held.',
    ],
  },
  '/desk/series/:id/delete': {
    ja: [
      '間違えて作成した定期開催を、その日程とともに削除します。',
      '一度でも予約があったものは、削除できません。終了日を決めてください。',
      '削除すると、元に戻せません。',
    ],
    en: [
      'Delete a series that was made by mistake, with its days.',
      'If somebody ever booked it, end it on a date instead.',
      'This cannot be undone.',
    ],
  },
  '/desk/questions': {
    ja: [
      '申し込みのときにお聞きする質問を決めます。',
      '文章、選択、数字などの形を選び、順番を決めます。',
      '答えは、予約のページ、受付簿、書き出しに載ります。',
    ],
    en: [
      'Ask questions of your own when people book.',
      'Choose the kind of each question, and their order.',
      'Answers are on the page of the booking, on the sheet and in exports.',
    ],
  },
  '/desk/questions/:id': {
    ja: [
      '質問の文や選択肢を変更します。',
      '「たずねるのをやめる」にしても、これまでの答えは残ります。',
      '必須にすると、答えがない申し込みは受け付けません。電話予約では、空欄でも登録できます。',
    ],
    en: [
      'Change the words or the options of a question.',
      'If a question is no longer asked, its answers stay.',
      'People must answer required questions. Bookings by phone may leave them empty.',
    ],
  },
} as const satisfies Record<string, Help>
