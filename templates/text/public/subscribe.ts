import { spoken } from '../spoken.ts'

/** The calendar feed. */
export const subscribe = spoken({
  ja: {
    title: 'カレンダー購読',
    lead: 'お使いのカレンダーアプリに登録すると、相談会とセミナーの日程をいつでも見ることができます。日程の追加や中止も、自動で反映されます。',
    choose: '1. 見たい日程を選ぶ',
    make: 'アドレスを作成する',
    address: '2. アドレスを登録する',
    addressLabel: '購読用のアドレス',
    copy: 'アドレスをコピー',
    copied: 'コピーしました',
    openText:
      'アプリを選ぶと、登録の画面が開きます。Google はパソコンで、Outlook は Web 版で開きます。開かないときは、下の方法で登録してください。',
    addTo: {
      apple: 'iPhone・iPad・Mac',
      google: 'Google カレンダー',
      outlook: 'Outlook（個人）',
      outlook365: 'Outlook（会社・団体）',
    },
    how: 'アプリごとの登録方法',
    apps: [
      {
        name: 'Google カレンダー',
        steps: [
          'パソコンで Google カレンダーを開きます（スマートフォンのアプリでは登録できません）。',
          '左側の「他のカレンダー」の横にある「＋」から「URL で追加」を選びます。',
          '上のアドレスを貼り付けて、「カレンダーを追加」を押します。',
        ],
      },
      {
        name: 'Outlook',
        steps: [
          'Outlook の予定表を開き、「予定表を追加」を選びます。',
          '「Web から」登録する項目を選びます（項目の名前は、バージョンによって異なります）。',
          '上のアドレスを貼り付けて、名前を付けて登録します。',
        ],
      },
      {
        name: 'iPhone・iPad・Mac のカレンダー',
        steps: [
          '上の「iPhone・iPad・Mac」を押します。',
          '「照会」または「追加」を選びます。',
          '開かないときは、カレンダーアプリの「照会カレンダーを追加」に上のアドレスを貼り付けます。',
        ],
      },
    ],
    news: 'ニュースリーダーで読む',
    newsText: '日程の追加・変更・中止を、Atom フィードで受け取れます。',
    newsAddress: 'フィードのアドレス',
    slow: 'Google カレンダーでは、変更が反映されるまでに8時間から24時間かかります。急な変更や中止のときは、ご予約の方に窓口からご連絡します。',
    privacy: '購読の内容は公開されている日程だけです。ご予約の内容や個人情報は含まれません。',
  },
  en: {
    title: 'Calendar feed',
    lead: 'Subscribe in your own calendar app to see consultations and seminars there. New dates and cancellations appear automatically.',
    choose: '1. Choose the dates',
    make: 'Create the address',
    address: '2. Add the address',
    addressLabel: 'Address of the feed',
    copy: 'Copy the address',
    copied: 'Copied',
    openText:
      'Each button opens the app to add the feed: Google on a computer, Outlook on the web. If it does not open, add it by hand as below.',
    addTo: {
      apple: 'iPhone, iPad, Mac',
      google: 'Google Calendar',
      outlook: 'Outlook (private)',
      outlook365: 'Outlook (company)',
    },
    how: 'How to add it, app by app',
    apps: [
      {
        name: 'Google Calendar',
        steps: [
          'Open Google Calendar on a computer (the phone app cannot add feeds).',
          'On the left, beside “Other calendars”, choose “+”, then “From URL”.',
          'Paste the address above and choose “Add calendar”.',
        ],
      },
      {
        name: 'Outlook',
        steps: [
          'Open the calendar in Outlook and choose “Add calendar”.',
          'Choose “Subscribe from web” (the wording differs a little between versions).',
          'Paste the address above, give it a name and import it.',
        ],
      },
      {
        name: 'Calendar on iPhone, iPad and Mac',
        steps: [
          'Choose “iPhone, iPad, Mac” above.',
          'Choose “Subscribe” or “Add”.',
          'If nothing opens, choose “Add Subscription Calendar” in the Calendar app and paste the address above.',
        ],
      },
    ],
    news: 'Read it in a news reader',
    newsText: 'An Atom feed tells of new dates, changes and cancellations.',
    newsAddress: 'Address of the Atom feed',
    slow: 'Google Calendar takes 8 to 24 hours to read changes. If a session changes at short notice, the desk contacts everyone who booked it.',
    privacy: 'The feed holds only the public dates: no bookings and no personal information.',
  },
})
