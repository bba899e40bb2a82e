import { spoken } from '../spoken.ts'

/** The page about personal data. */
export const privacy = spoken({
  ja: {
    title: '個人情報の取り扱い',
    lead: 'ご予約のときにお預かりする個人情報を、次のとおり取り扱います。',
    itemsTitle: 'お預かりする情報',
    items: [
      '必ずいただくもの：企業・団体名、お名前、フリガナ、メールアドレス、電話番号、所在地の都道府県',
      '任意でいただくもの：従業員数、業種、法人番号、相談したい分野、相談したいこと、必要な通訳や配慮',
      '回によって伺うもの：窓口からの質問への答え、同行される方のお名前',
    ],
    moreTitle: 'そのほかのご案内',
    more: [
      '公開のページ、購読用のカレンダー、オープンデータに、個人情報は掲載しません。',
      'ご自身の予約は、予約確認メールのリンクから、確認・変更・キャンセルができます。',
      '「空きのお知らせ」のメールアドレスは、お知らせのためだけに使い、お知らせが終わると削除します。',
      '個人情報の開示・訂正・削除をご希望の方は、お申し込みの窓口へご連絡ください。',
      'アンケートの回答は、お名前やご予約と切り離して保存し、どなたのものか分からない形で集計します。',
      'Cookieは、表示する言語とご自身で選んだ「いつもの都道府県」の記憶、窓口の職員のログインのためだけに使います。閲覧の記録を広告や分析に使うことはありません。',
    ],
    desks: '窓口の連絡先を見る',
    prefecture: 'いつもの都道府県を選ぶ・解除する',
  },
  en: {
    title: 'Privacy',
    lead: 'This is how we use the personal information you give us when you book.',
    itemsTitle: 'What we ask for',
    items: [
      'Required: company or organisation, name, e-mail address, phone number, prefecture',
      'Optional: reading of your name in kana, number of employees, industry, corporate number, topics, your questions, languages and support that you need',
      'For some sessions: answers to questions of the desk, names of those who come with you',
    ],
    moreTitle: 'What else you should know',
    more: [
      'Public pages, calendar feeds and open data never contain personal information.',
      'You can see, change and cancel your own booking with the link in your confirmation e-mail.',
      'We use an address left for e-mails about free places only for these, and delete it when they end.',
      'To have your information shown, corrected or deleted, please contact the desk you applied to.',
      'Answers to the survey are kept apart from names and bookings. They are counted so that nobody can be identified.',
      'We use cookies only to remember your language and the prefecture you chose, and for staff to sign in. We do not track you for advertising or analysis.',
    ],
    desks: 'Contact details of the desks',
    prefecture: 'Choose or forget your prefecture',
  },
})

/** The page about accessibility. */
export const accessibility = spoken({
  ja: {
    title: 'アクセシビリティ',
    lead: 'どなたにもお使いいただけるサイトを目指しています。目標は、WCAG 2.2 のレベル AA と、JIS X 8341-3:2016 のレベル AA です。第三者による適合試験はまだ受けていません。',
    doneTitle: '取り組んでいること',
    done: [
      'すべての操作が、キーボードだけで、また JavaScript がなくてもできます。',
      '文字を200%に拡大しても、幅の狭い画面でも、横にスクロールせずに読めます。',
      '受付の状況は、色だけでなく、記号と言葉でも示します。',
      '入力の誤りは、ページの上と、その項目のすぐ下に、言葉で示します。',
      '画面の配色（明るい・暗い・高コントラスト）と、動きを減らす設定に合わせます。',
    ],
    limitsTitle: '今後の課題',
    limits: [
      '都道府県の地図は、ますの並びで位置を表しています。すぐ下の一覧からも選べます。',
      '幅の狭い画面では、月のカレンダーは日ごとの一覧になります。',
      '英語のページでも、資料からの引用や住所など、日本語のままの部分があります。',
      'やさしい日本語のページは、まだありません。',
    ],
    contactTitle: 'お困りのとき',
    contact:
      'ページの内容が分かりにくいとき、うまく使えないときは、地域の窓口にお電話ください。お電話でもご予約いただけます。',
    desks: '窓口の連絡先を見る',
  },
  en: {
    title: 'Accessibility',
    lead: 'We want everybody to be able to use this site. Our target is WCAG 2.2 level AA and JIS X 8341-3:2016 level AA. No third party has tested the site yet.',
    doneTitle: 'What we do',
    done: [
      'Everything works with a keyboard alone, and without JavaScript.',
      'Pages can be read at 200% text size and on narrow screens without scrolling sideways.',
      'Availability is shown by marks and words, never by colour alone.',
      'Mistakes in a form are explained at the top of the page and at their field.',
      'Pages follow your settings for light, dark and high-contrast colours and for reduced motion.',
    ],
    limitsTitle: 'What is still missing',
    limits: [
      'The map of prefectures shows places by position. The list right below it offers the same choices.',
      'On narrow screens the month turns into a list of days.',
      'Some parts of the English pages remain in Japanese, such as addresses and quotations from published documents.',
      'There are no pages in easy Japanese yet.',
    ],
    contactTitle: 'If you have trouble',
    contact: 'If something is unclear or does not work for you, please phone a local desk. You can also book by phone.',
    desks: 'Contact details of the desks',
  },
})
