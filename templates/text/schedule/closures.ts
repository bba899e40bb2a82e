import { spoken } from '../spoken.ts'

/** The days on which desks are closed. */
export const closures = spoken({
  ja: {
    title: '休止日',
    lead: '祝日と年末年始は、休止の予定として登録されています。開催する日は「開催する」、休む日は「休止にする」を選んでください。',
    columns: { date: '日にち', scope: '範囲', reason: '理由', state: '状態', act: '' },
    states: { proposed: '予定', confirmed: '休止', lifted: '開催' },
    confirm: '休止にする',
    lift: '開催する',
    remove: '登録を削除する',
    add: '休止日を追加',
    look: '対象の日程を確認する',
    scopeAll: '全国',
    saved: (followed: number) => `保存しました。日程 ${followed}件が変わりました。`,
    left: '次の日程は、予約がある、個別に変更されている、または担当や部屋がふさがっているため、そのままです。',
    closing: (count: number) => `休みになる日程：${count}件`,
    opening: (count: number) => `開催になる日程：${count}件`,
    staysOpen: (count: number) => `予約があるか、個別に変更されているため、開催のままの日程：${count}件`,
    staysClosed: (count: number) =>
      `個別に変更されているか、担当や部屋がふさがっているため、休みのままの日程：${count}件`,
    stays:
      '開催のままの日程は、新しい予約も受け付けます。予約のある方への連絡もありません。休みにする場合は、その日程を中止にしてください。',
    callOff: 'この回を中止にする',
    held: (count: number) => `開催のままの日程 ${count}件`,
    booked: (count: number) => `予約 ${count}件`,
    onClosedDay: (reason: string) => `この日は休止日（${reason}）ですが、この日程は開催し、予約を受け付けます。`,
  },
  en: {
    title: 'Closures',
    lead: 'Public holidays and the New Year are proposed. Close the days on which you do not work, and open the others.',
    columns: { date: 'Date', scope: 'Where', reason: 'Reason', state: 'State', act: '' },
    states: { proposed: 'Proposed', confirmed: 'Closed', lifted: 'Open' },
    confirm: 'Close',
    lift: 'Open',
    remove: 'Remove',
    add: 'Add a closure',
    look: 'See the sessions concerned',
    scopeAll: 'All of Japan',
    saved: (followed) => `Saved. ${followed === 1 ? '1 session' : `${followed} sessions`} changed.`,
    left: 'The sessions below have bookings, were edited individually, or their adviser or room is taken. They stay as they are.',
    closing: (count) => `Not held: ${count}`,
    opening: (count) => `Held: ${count}`,
    staysOpen: (count) => `Still held, because of bookings or individual edits: ${count}`,
    staysClosed: (count) =>
      `Still not held, because of individual edits, or an adviser or room that is taken: ${count}`,
    stays:
      'Sessions that are still held accept new bookings. People who booked are told nothing. Call a session off if it is not to be held.',
    callOff: 'Call off',
    held: (count) => `Still held: ${count}`,
    booked: (count) => (count === 1 ? '1 booking' : `${count} bookings`),
    onClosedDay: (reason) => `The desk is closed on this day (${reason}). This session is held and accepts bookings.`,
  },
})
