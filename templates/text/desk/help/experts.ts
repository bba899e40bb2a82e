import type { Help } from './help.ts'

/** Help for the pages of experts. */
export const ofExperts = {
  '/desk/experts': {
    ja: [
      '企業の相談を担当する専門家の一覧です。',
      '氏名で探し、都道府県、分野、状態で絞り込めます。「担当件数」は、打診中と担当中の件数と、その上限です。',
      '登録と変更は、事務局が行います。',
    ],
    en: [
      'The experts who advise firms.',
      'Search by name and filter by prefecture, field and state. “Cases” counts open offers and cases, and the limit.',
      'The secretariat adds and changes them.',
    ],
  },
  '/desk/experts/new': {
    ja: [
      '役割が「専門家」の担当者を、専門家として登録します。',
      '分野、相談方法、訪問先、上限を入力します。選んだ内容で、打診する相談が決まります。',
      '登録すると、対応時間の画面に進みます。',
    ],
    en: [
      'Make an expert of an account with that role.',
      'Enter fields, formats, places and limits. They decide which requests are offered.',
      'The hours of the week come next.',
    ],
  },
  '/desk/experts/:id': {
    ja: [
      '専門家の登録内容です。',
      '「受付停止」にすると、新しい相談を打診しません。担当中の相談はそのままです。',
      '対応時間、不在、利害関係、登録の終了は、上のリンクから開きます。',
    ],
    en: [
      'What is known of an expert.',
      'While an expert is paused, nothing new is offered. Open cases stay.',
      'The links above lead to hours, absences, ties and the end.',
    ],
  },
  '/desk/experts/:id/hours': {
    ja: [
      '専門家が相談に対応する時間です。',
      '曜日ごとに「10:00-12:00, 13:00-17:00」のように入力します。',
      '空欄の曜日には、相談の日時の候補が出ません。',
    ],
    en: [
      'The hours in which an expert advises.',
      'Enter them like 10:00-12:00, 13:00-17:00 for each weekday.',
      'On a day left empty no times are proposed.',
    ],
  },
  '/desk/experts/:id/absences': {
    ja: [
      '専門家が相談に対応できない日です。',
      '「不在を登録」で初日と最終日を入力します。取り消すと、元に戻ります。',
      'すでに決まっている相談は変わりません。',
    ],
    en: [
      'The days on which an expert is away.',
      'Enter the first and the last day. Removing an absence opens its days again.',
      'What is agreed already does not change.',
    ],
  },
  '/desk/experts/:id/ties': {
    ja: [
      '専門家と利害関係のある企業です。これらの企業の相談は打診しません。',
      '企業名か法人番号を入力します。関係が終わる日が分かるときは、その日も入力します。',
      '行を空欄にして保存すると、その企業を削除します。',
    ],
    en: [
      'Firms to which an expert is tied. Their requests are not offered to this expert.',
      'Enter the name or the corporate number, and the last day of the tie if you know it.',
      'An empty line removes its firm.',
    ],
  },
  '/desk/experts/:id/leave': {
    ja: [
      '専門家の登録を終了します。',
      '打診中や担当中の相談があるあいだは、終了できません。',
      '終了は元に戻せません。しばらく休むときは、登録内容の「受付停止」を使います。',
    ],
    en: [
      'End the work of an expert.',
      'This is not possible while offers or cases are open.',
      'It cannot be undone. For a break, set the state to “paused” instead.',
    ],
  },
} satisfies Record<string, Help>
