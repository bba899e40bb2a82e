import type { SessionAct } from '../../../../src/base/vocabulary.ts'
import type { Help } from './help.ts'

/** Help for the pages of one session, besides its acts. */
export const ofSessions = {
  '/desk/sessions/:id': {
    ja: [
      '1回の開催の内容と、予約した方の一覧です。',
      '「手続き」から、中止、延期、会場や形式の変更ができます。先に、影響する方とメールの内容を確かめられます。',
      '当日は「受付簿を印刷」から、名簿を印刷できます。',
    ],
    en: [
      'One session, and the people who booked it.',
      'Call it off, postpone it or change its place or format. You first see who is affected and the letter.',
      'Print the sheet of attendance for the day.',
    ],
  },
  '/desk/sessions/:id/sheet': {
    ja: [
      '当日に使う名簿です。',
      '「このページを印刷」から、紙に印刷できます。',
      '印刷した後に入った予約は載りません。上の時刻を確かめてください。',
    ],
    en: [
      'The list of people for the day.',
      'Print it with the button.',
      'Bookings made after printing are not on it. Its time is at the top.',
    ],
  },
  '/desk/sessions/:id/advisers': {
    ja: [
      'この回の時間ごとに、相談員と部屋を割り当てます。',
      '同じ時間に、ほかの回にいる相談員や使用中の部屋は選べません。',
      '割り当てた相談員は「自分の担当」で確認できます。',
    ],
    en: [
      'Assign an adviser and a room to each time of this session.',
      'Nobody and no room can be in two places at one time.',
      'Advisers see it in their own days.',
    ],
  },
  '/desk/sessions/:id/outline': {
    ja: [
      '公開ページに載せる、対象、主催、講師、プログラムを入力します。',
      '保存すると、すぐに公開ページに表示されます。予約した方にメールは送られません。',
      '資料は、終了した後に公開ページと「開催済みの資料」に表示されます。',
    ],
    en: [
      'Enter whom it is for, its hosts, speakers and agenda, for the public page.',
      'It is shown at once. Nobody who booked gets a letter.',
      'Materials are shown once the session is over.',
    ],
  },
  '/desk/sessions/:id/edit': {
    ja: [
      'この回だけの名称、定員、時間などを変更します。',
      '定期開催のほかの回は変わりません。',
      '予約した方に影響する変更はここではできず、使うボタンが表示されます。',
    ],
    en: [
      'Change the title, capacity or hours of this session only.',
      'Other sessions of the series stay as they are.',
      'What would affect people who booked is refused, and the page names the button to use.',
    ],
  },
  '/desk/sessions/:id/skip': {
    ja: [
      '予約のない回を休みにします。',
      '理由は公開ページに表示されます。',
      '後で「休止を取り消して開催する」から、開催に戻せます。',
    ],
    en: [
      'Do not hold a session that nobody has booked.',
      'The reason is shown on the public pages.',
      'You can hold it after all later.',
    ],
  },
  '/desk/sessions/:id/open': {
    ja: [
      '休止にした回を、開催に戻します。',
      '同じ時間にほかの開催があるときは、重ねて行う理由を入力してください。',
      '戻すと、すぐに予約を受け付けます。',
    ],
    en: [
      'Hold a session that was skipped.',
      'If there is another one at the same time, enter a reason.',
      'It takes bookings at once.',
    ],
  },
  '/desk/sessions/:id/copy': {
    ja: [
      'この回と同じ内容の開催を、別の日に追加します。',
      '日にちを入力し、追加される日を確かめてからボタンを押してください。',
      '予約はコピーされません。',
    ],
    en: [
      'Add sessions like this one on other days.',
      'Enter the days and look at them before you press the button.',
      'Bookings are not copied.',
    ],
  },
  '/desk/sessions/:id/delete': {
    ja: [
      '間違えて作成した、予約のない回を削除します。',
      '一度でも予約があった回は、削除できません。休止か中止にしてください。',
      '削除すると、元に戻せません。',
    ],
    en: [
      'Delete a session that was made by mistake.',
      'A session that somebody ever booked cannot be deleted. Skip it or call it off.',
      'This cannot be undone.',
    ],
  },
} as const satisfies Record<string, Help>

/** Help for the page of each act on a session. */
export const ofSessionActs: Record<SessionAct, Help> = {
  'call-off': {
    ja: [
      '予約のある回の開催をやめます。',
      '理由を入力すると、影響する方とメールの内容を確かめられます。',
      '予約していた方全員にお知らせします。後で「中止を取り消して開催する」こともできます。',
    ],
    en: [
      'Do not hold a session although people have booked it.',
      'Enter a reason, then see who is affected and what they are told.',
      'Everybody is notified. You can hold it after all later.',
    ],
  },
  'hold-again': {
    ja: [
      '中止にした回を、元どおり開催します。',
      '中止のときに予約していた方の予約が戻ります。',
      '戻った方全員に、お知らせします。',
    ],
    en: ['Hold a session that was called off.', 'The bookings it had come back.', 'All of these people are notified.'],
  },
  reschedule: {
    ja: [
      '開催日や時刻を変更します。新しい日が未定のときは「日にちを決めずに延期する」を選びます。',
      '予約はそのまま新しい日に移ります。',
      '予約した方全員にお知らせし、カレンダーの予定も更新します。',
    ],
    en: [
      'Change the day or time. If the new day is not known, postpone it without a date.',
      'Bookings move with it.',
      'Everybody is notified, and the entry in their calendar changes.',
    ],
  },
  convert: {
    ja: [
      '対面の開催を、WEBか電話に変更します。',
      'WEBの接続先が決まっていれば、一緒に入力してください。',
      '対面で予約した方に、新しい参加方法をお知らせします。',
    ],
    en: [
      'Hold a session in person online or by phone instead.',
      'If the meeting link is known, enter it as well.',
      'People who would have come are told how to take part.',
    ],
  },
  'convert-back': {
    ja: [
      'WEBや電話に変更した回を、元の開催形式に戻します。',
      '影響する方とメールの内容を確かめてから、ボタンを押してください。',
      '形式が変わっていた方に、お知らせします。',
    ],
    en: [
      'Return a session to its original format.',
      'Check who is affected and the letter before you press the button.',
      'People whose format had changed are notified.',
    ],
  },
  venue: {
    ja: [
      'この回の会場を変更します。',
      '一覧にない会場は、先に「会場を追加」から登録してください。',
      '対面で予約した方に、新しい会場をお知らせします。',
    ],
    en: [
      'Hold this session at another venue.',
      'If it is not listed, add the venue first.',
      'People who come in person are told the new place.',
    ],
  },
  settle: {
    ja: [
      '日にちや時間が未定の回に、日時を決めます。',
      'まだ決まらない項目は、空欄のままにします。',
      '日程のお知らせを希望していた方に、一般の受け付けより先にお知らせします。',
    ],
    en: [
      'Set the day and hours of a session that has none yet.',
      'Leave empty what is still not known.',
      'People who asked for the date hear of it first.',
    ],
  },
  meeting: {
    ja: [
      'WEB会議のアドレスを登録して送ります。',
      '届くのは、WEBで参加する方だけです。',
      '後から予約した方には、確認のメールで届きます。',
    ],
    en: [
      'Save the address of the online meeting and send it.',
      'Only people who take part online get it.',
      'People who book later get it with their confirmation.',
    ],
  },
  draw: {
    ja: [
      '締め切り後に、申し込んだ方の順番を抽選で決めます。',
      'この時点では、誰にもお知らせしません。',
      '順番を確かめた後、「抽選の結果を知らせる」に進みます。',
    ],
    en: [
      'Draw lots among the applications after the deadline.',
      'Nobody is told yet.',
      'Check the order, then announce the results.',
    ],
  },
  announce: {
    ja: [
      '抽選の結果を、申し込んだ方全員に送ります。',
      '当選と補欠の順番を確かめてから、ボタンを押してください。',
      '送った後は、結果を変更できません。',
    ],
    en: [
      'Send the results of the draw to everybody who applied.',
      'Check the order before you press the button.',
      'Afterwards the results are final.',
    ],
  },
}
