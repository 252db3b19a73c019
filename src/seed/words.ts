/** What the seeded blog is about, in both languages side by side. */
export const TOPICS: { ru: string; en: string }[] = [
	{ ru: 'электронное правительство', en: 'e-government' },
	{ ru: 'открытые данные', en: 'open data' },
	{ ru: 'гражданские проекты', en: 'civic projects' },
	{ ru: 'библиотеки', en: 'libraries' },
	{ ru: 'городской транспорт', en: 'city transport' },
	{ ru: 'школы', en: 'schools' },
	{ ru: 'больницы', en: 'hospitals' },
	{ ru: 'волонтёры', en: 'volunteers' },
	{ ru: 'парки', en: 'parks' },
	{ ru: 'архитектура', en: 'architecture' },
	{ ru: 'местное самоуправление', en: 'local government' },
	{ ru: 'краудсорсинг', en: 'crowdsourcing' },
	{ ru: 'конференции', en: 'conferences' },
	{ ru: 'законы', en: 'laws' },
	{ ru: 'бюджет', en: 'budget' },
	{ ru: 'экология', en: 'ecology' },
	{ ru: 'пожары', en: 'wildfires' },
	{ ru: 'дороги', en: 'roads' },
	{ ru: 'музеи', en: 'museums' },
	{ ru: 'книги', en: 'books' },
]

/** Sentences with a place for a topic, `*`. */
export const SENTENCES = {
	ru: [
		'На прошлой неделе мы снова говорили о том, что такое *.',
		'Тема «*» оказалась самой обсуждаемой.',
		'Собралось больше двухсот человек из разных регионов, и почти каждый спрашивал про тему «*».',
		'Практический опыт важнее теории: вот что показала работа по теме «*».',
		'Ёлка в фойе напоминала, что год заканчивается, а планов по теме «*» только прибавляется.',
		'Все доклады и презентации мы выложили на сайт.',
		'Отдельное спасибо тем, кто приехал издалека и рассказал о своих проектах.',
		'Мы записали рекомендации и через месяц проверим, что из них выполнено.',
		'Хочется перейти от критики к делу: «я гражданин и я предлагаю».',
		'В комментариях расскажите, как с этим обстоят дела у вас.',
	],
	en: [
		'Last week we talked again about *.',
		'The topic of * turned out to be the most debated one.',
		'More than two hundred people came from different regions, and nearly everyone asked about *.',
		'Practical experience matters more than theory: here is what our work on * has shown.',
		'The year is ending, and the plans for * only multiply.',
		'All talks and slides are now on the site.',
		'Special thanks to those who came from afar to tell about their projects.',
		'We wrote the recommendations down and will check in a month which of them were followed.',
		'Let us move from criticism to deeds: “I am a citizen and I suggest things”.',
		'Tell us in the comments how things stand where you live.',
	],
} as const

/** Titles with a place for a topic, `*`. */
export const TITLES = {
	ru: ['Что нового: *', 'Итоги года: *', 'Встреча по теме «*»', 'Десять вопросов: *', 'Заметки на полях: *'],
	en: ['What is new: *', 'The year in review: *', 'A meeting on *', 'Ten questions about *', 'Notes in the margin: *'],
} as const

/** What readers say. */
export const REPLIES = {
	ru: [
		'Спасибо, очень полезно!',
		'А когда будет следующая встреча и где о ней объявят?',
		'У нас в Самаре всё иначе, но идея хорошая.',
		'Согласна с автором, хотя с последним абзацем можно было бы и поспорить.',
		'Можно ссылку на доклады, о которых вы пишете?',
		'Мы пробовали то же самое три года назад, и главным препятствием оказались вовсе не деньги.',
		'Перешлю коллегам: им это пригодится уже на этой неделе.',
		'Интересно, что скажут об этом те, кого это касается каждый день.',
	],
	en: [
		'Thanks, very useful!',
		'When will the next meeting be, and where will it be announced?',
		'Things are different here, but I like the idea.',
		'I agree with the author, though one could argue about the last paragraph.',
		'Could you share a link to the slides you mention?',
		'We tried the same three years ago, and money was not the main obstacle at all.',
		'I will pass this on to my colleagues: they need it this very week.',
		'I wonder what those who deal with it every day would say.',
	],
} as const

/** Readers. */
export const NAMES = {
	ru: ['Анна', 'Борис', 'Виктория', 'Геннадий', 'Дарья', 'Евгений', 'Зоя', 'Игорь'],
	en: ['Alice', 'Ben', 'Carol', 'David', 'Emma', 'Frank', 'Grace', 'Henry'],
} as const
