import { spoken, type What } from '../spoken.ts'

/** Suspending sessions in person. */
export const suspensions = spoken({
  ja: {
    title: '対面開催の停止（WEB・電話へ切り替え）',
    lead: '感染症や災害のときに、地域と期間を決めて、対面の開催をWEBか電話に切り替えます。あとから追加した日程も対象になります。',
    period: '期間',
    days: '対象の日程（今の開催形式 → 変更後）',
    look: '影響を確かめる',
    go: 'この期間の対面開催を停止する',
    concerned: (sessions: number, bookings: number) => `${sessions}件の開催、${bookings}件の予約に影響します。`,
    states: { planned: '開始前', in_force: '実施中', lifted: '解除' },
    lift: '解除する',
    liftTitle: '対面開催の停止を解除する',
    meanwhile: '停止中の開催形式',
    liftBack: '解除した後で、また停止するときは、新しい停止として登録します。',
    goLift: '停止を解除して、元の開催形式に戻す',
    ordered: '対面開催の停止を登録しました。予約している方がいれば、順にメールかお電話でお知らせします。',
    lifted: '解除しました。WEBや電話に変わっていた方がいれば、予約は元の形式に戻り、メールかお電話でお知らせします。',
    lifting: (over: number, all: number) =>
      `${all}件のうち${over}件を元の形式に戻しました。残りも順に戻り、この画面を閉じても続きます。`,
    liftingNow: '今の進み具合を見る',
    none: '登録されている停止はありません。',
    reaches: (days: string, into: string): What => ({
      what: '対面開催の停止の期間に入る日があります。',
      next: `${days}は、開催形式が自動で「${into}」に切り替わります。`,
    }),
  },
  en: {
    title: 'Suspensions of in-person sessions',
    lead: 'In an epidemic or a disaster, in-person sessions of a region and period are held online or by phone instead. This includes sessions that are planned later.',
    period: 'Period',
    days: 'Sessions concerned (formats now → afterwards)',
    look: 'See who is affected',
    go: 'Suspend in-person sessions',
    concerned: (sessions, bookings) =>
      `${sessions === 1 ? '1 session' : `${sessions} sessions`} and ${bookings === 1 ? '1 booking' : `${bookings} bookings`} are affected.`,
    states: { planned: 'Not yet begun', in_force: 'In force', lifted: 'Lifted' },
    lift: 'Lift it',
    liftTitle: 'Lift the suspension of in-person sessions',
    meanwhile: 'Format while suspended',
    liftBack: 'To suspend them again afterwards, order a new suspension.',
    goLift: 'Lift it and return to the original format',
    ordered: 'The suspension is saved. People who have booked are notified by e-mail or phone.',
    lifted:
      'Lifted. Bookings that were moved online or to the phone return to their original format. Their holders are notified by e-mail or phone.',
    lifting: (over, all) =>
      `${over} of ${all} sessions are back in their original format. The others follow, also if you leave this page.`,
    liftingNow: 'See how far it is now',
    none: 'There are no suspensions.',
    reaches: (days, into) => ({
      what: 'In-person sessions are suspended on some of these days.',
      next: `The format becomes “${into}” by itself on ${days}.`,
    }),
  },
})
