import { spoken } from '../spoken.ts'

/** Changing, skipping and undoing one session. */
export const editSession = spoken({
  ja: {
    edit: '内容を変える',
    editTitle: '開催の内容',
    skip: '休止にする',
    open: '休止をやめて開く',
    undo: '今日の変更を取り消す',
    save: '保存する',
    done: { edited: '保存しました。', skipped: '休止にしました。', opened: '開きました。', undone: '取り消しました。' },
    refused: {
      what: '変えられませんでした。',
      booked:
        '次の方の予約に影響します。時間は「日時を変える・延期する」、会場は「会場を変える」、形式は「WEBや電話に変える」から、お知らせと一緒に変えてください。',
      full: 'すでに入っている予約より小さい定員にはできません。',
      closed: '今の状態ではできません。',
      changed: 'ほかの人が先に変えました。今の内容を確かめてください。',
    },
  },
  en: {
    edit: 'Edit',
    editTitle: 'The session',
    skip: 'Skip it',
    open: 'Hold it after all',
    undo: 'Take back today’s change',
    save: 'Save',
    done: { edited: 'Saved.', skipped: 'Skipped.', opened: 'It is held.', undone: 'Taken back.' },
    refused: {
      what: 'That was not possible.',
      booked:
        'These bookings would be affected. Reschedule it, change the venue or convert it instead: that notifies them.',
      full: 'The capacity cannot be less than what is booked.',
      closed: 'It cannot be done as things stand.',
      changed: 'Somebody else changed it first. Look at it as it is now.',
    },
  },
})
