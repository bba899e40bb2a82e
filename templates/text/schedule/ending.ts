import { spoken, type What } from '../spoken.ts'

/** Ending a series, and deleting what nobody ever booked. */
export const ending = spoken({
  ja: {
    end: {
      open: '終了日を決める',
      title: '定期開催の終了',
      lead: '最後の日を過ぎた日程のうち、予約のないものは休止になります。予約のある日と個別に変更した日は、そのまま残ります。',
      last: '最後の日',
      lastHelp: '開始日以降で、今の終了日より前の日付です。',
      look: '影響を確かめる',
      lookTitle: '終了の前にお確かめください',
      on: (date: string) => `${date}までで終了します。`,
      stays: '予約のある日は残ります。開催しないときは、1日ずつ中止にして、お知らせを送ってください。',
      callOff: 'この回を中止にする',
      do: 'この日で終了する',
      done: '終了日を決めました。',
    },
    copy: '同じ内容で追加する',
    remove: '削除する',
    titles: { session: '開催の削除', series: '定期開催の削除', venue: '会場の削除', desk: '窓口の削除' },
    asks: {
      session: { what: 'この開催を削除します。', next: '予約した方はいません。削除すると、元に戻せません。' },
      series: { what: 'この定期開催を削除します。', next: '予約した方はいません。削除すると、元に戻せません。' },
      venue: { what: 'この会場を削除します。', next: '使っている開催はありません。削除すると、元に戻せません。' },
      desk: { what: 'この窓口を削除します。', next: '担当した開催はありません。削除すると、元に戻せません。' },
    } satisfies Record<string, What>,
    withSessions: (count: number) => `この定期開催の日程${count}件も削除します。`,
    kept: {
      booked: {
        what: '予約または日程のお知らせの希望があったため、削除できません。',
        next: '開催しないときは、休止か中止にしてください。',
      },
      past: {
        what: '過ぎた開催があるため、削除できません。',
        next: '今後の開催をやめるときは、終了日を決めてください。',
      },
      series: {
        what: '定期開催の日は、削除できません。',
        next: 'この日だけ開催しないときは、休止にしてください。',
      },
      used: { what: 'この会場を使う開催があるため、削除できません。', next: 'その開催の会場を変更してください。' },
      held: {
        what: 'この窓口が担当した開催があるため、削除できません。',
        next: '使わなくなった窓口は、終了してください。過ぎた開催の窓口名は残ります。',
      },
      changed: {
        what: '画面を開いた後に内容が変わったため、まだ削除していません。',
        next: '下の内容を確かめて、もう一度ボタンを押してください。',
      },
    } satisfies Record<string, What>,
    do: '削除する',
    leave: '削除しないで戻る',
    done: '削除しました。',
  },
  en: {
    end: {
      open: 'End it on a date',
      title: 'End a series',
      lead: 'Sessions after the last day are skipped if nobody has booked them. Sessions with bookings, or edited individually, stay.',
      last: 'Last day',
      lastHelp: 'Not before the series begins, and before it ends now.',
      look: 'See what is concerned',
      lookTitle: 'Please look before the series ends',
      on: (date) => `It ends after ${date}.`,
      stays: 'Sessions with bookings stay. If they are not held, call off each of them: that notifies the people.',
      callOff: 'Call this session off',
      do: 'End it on this day',
      done: 'The series has a last day now.',
    },
    copy: 'Add another like this',
    remove: 'Delete',
    titles: { session: 'Delete a session', series: 'Delete a series', venue: 'Delete a venue', desk: 'Delete a desk' },
    asks: {
      session: { what: 'This session will be deleted.', next: 'Nobody ever booked it. This cannot be taken back.' },
      series: { what: 'This series will be deleted.', next: 'Nobody ever booked it. This cannot be taken back.' },
      venue: { what: 'This venue will be deleted.', next: 'No session has it. This cannot be taken back.' },
      desk: { what: 'This desk will be deleted.', next: 'No session ever had it. This cannot be taken back.' },
    },
    withSessions: (count) => `Sessions that are deleted with it: ${count}`,
    kept: {
      booked: {
        what: 'It cannot be deleted: somebody booked it or asked for its date.',
        next: 'If it is not held, skip it or call it off.',
      },
      past: {
        what: 'It cannot be deleted: one of its days is past.',
        next: 'To stop the days ahead, end it on a date.',
      },
      series: { what: 'A day of a series cannot be deleted.', next: 'If only this day is not held, skip it.' },
      used: {
        what: 'It cannot be deleted: a session or series has this venue.',
        next: 'Please give them another venue first.',
      },
      held: {
        what: 'It cannot be deleted: a session or series has or had this desk.',
        next: 'End the desk instead. Past sessions keep its name.',
      },
      changed: {
        what: 'Something changed after the page was opened, so nothing was deleted yet.',
        next: 'Please check the details below and press the button again.',
      },
    },
    do: 'Delete',
    leave: 'Go back without deleting',
    done: 'Deleted.',
  },
})
