import { spoken } from '../spoken.ts'

/** Changing, skipping and undoing one session. */
export const editSession = spoken({
  ja: {
    edit: '内容を変更する',
    editTitle: '開催の内容',
    skip: '休止にする',
    open: '休止を取り消して開催する',
    undo: '今日の最後の変更を取り消す',
    save: '保存する',
    done: {
      added: '開催を追加しました。予約を受け付けています。',
      edited: '保存しました。',
      same: '変更した項目はありません。',
      skipped: '休止にしました。',
      opened: '開催に戻しました。',
      undone: '最後の変更を取り消しました。',
    },
    refused: {
      what: '変更できませんでした。',
      booked:
        '次の方の予約に影響します。時間は「日時を変更する・延期する」、会場は「会場を変更する」、形式は「WEBや電話に変更する」から変更し、お知らせを送ってください。',
      bound: '次の方の予約がある間は、受付の方法（先着順・承認制・抽選）と申し込み先を変更できません。',
      full: 'すでに入っている次の方の予約より小さい定員にはできません。',
      closed: '今の状態ではできません。',
      changed: 'ほかの人が先に変更しました。今の内容を確かめてください。',
      clash:
        '同じ時間に、この窓口・会場・担当・部屋でほかの開催があるため、元に戻せません。編集の画面で変更してください。',
      busy: 'その時間は、担当か部屋がほかの開催でふさがっています。「担当と部屋」で変更するか、別の時間にしてください。',
    },
  },
  en: {
    edit: 'Edit',
    editTitle: 'Edit the session',
    skip: 'Skip it',
    open: 'Hold it after all',
    undo: 'Undo today’s last change',
    save: 'Save',
    done: {
      added: 'The session is added. It takes bookings now.',
      edited: 'Saved.',
      same: 'Nothing was changed.',
      skipped: 'Skipped.',
      opened: 'It will be held.',
      undone: 'The last change is undone.',
    },
    refused: {
      what: 'That was not possible.',
      booked:
        'These bookings would be affected. To notify people, use “Reschedule or postpone”, “Change the venue” or “Change to online or phone”.',
      bound: 'While these people are booked, you cannot change how or where people apply.',
      full: 'The capacity cannot be less than what these people booked.',
      closed: 'This is not possible in the current state.',
      changed: 'Somebody else changed it first. Please check the current details.',
      clash:
        'In the meantime, its desk, venue, adviser or room has another session at that time. Please edit it instead.',
      busy: 'Its adviser or room is taken at that time. Choose others under “Advisers and rooms”, or another time.',
    },
  },
})
