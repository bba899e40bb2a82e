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
    add: '休止日を追加',
    scopeAll: '全国',
    saved: (followed: number) => `保存しました。日程 ${followed}件が変わりました。`,
    left: '次の日程は、予約があるか、個別に変更されているため、そのままです。',
  },
  en: {
    title: 'Closures',
    lead: 'Public holidays and the New Year are proposed. Close the days on which you do not work, and open the others.',
    columns: { date: 'Date', scope: 'Where', reason: 'Reason', state: 'State', act: '' },
    states: { proposed: 'Proposed', confirmed: 'Closed', lifted: 'Open' },
    confirm: 'Close',
    lift: 'Open',
    add: 'Add a closure',
    scopeAll: 'All of Japan',
    saved: (followed) => `Saved. ${followed === 1 ? '1 session' : `${followed} sessions`} changed.`,
    left: 'The sessions below have bookings or were edited individually. They stay as they are.',
  },
})
