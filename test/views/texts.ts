/** The words of made-up pages. */
export interface Texts {
	site: string
	tagline: string
	month: string
	year: string
	intro: string
	category: string
	query: string
	elsewhere: string
	author: string
	share: string
	mention: string
	replyingTo: string
	replyCount: string
	jul: string
	july: string
	sep: string
	september: string
	menu: string[]
	titles: string[]
	excerpts: string[]
	categories: string[]
	tags: string[]
	months: string[]
	names: string[]
	replies: string[]
	weekdays: { short: string; long: string }[]
	date: (day: number) => string
}

export const TEXTS: Record<'ru' | 'en', Texts> = {
	ru: {
		site: 'Открытое государство',
		tagline: 'Заметки об электронном правительстве и людях, которые его делают',
		month: 'Февраль 2025',
		year: '2025 год',
		intro: 'Всё, что было написано за месяц, от конференции до разбора первых отчётов.',
		category: 'Рубрика «Без записей»',
		query: 'конференция',
		elsewhere: 'На другом языке (английский) нашлось 3 записи',
		author: 'Алёна Попова',
		share: 'Поделиться',
		mention: 'Дайджест электронного правительства',
		replyingTo: 'в ответ на отклик: Анна',
		replyCount: '1 ответ',
		jul: 'Июл',
		july: 'Июль 2024',
		sep: 'Сен',
		september: 'Сентябрь 2025',
		menu: ['О блоге', 'Выступления', 'Контакты'],
		titles: [
			'Чему нас научили двести семьдесят три участника',
			'eGov 2.0: почему практический опыт лучше любой теории',
			'Госуслуги в регионах: снижаем расходы, не снижая качества',
			'Рабочие заметки для участников',
		],
		excerpts: [
			'Двадцать шестого ноября в Москве прошла первая конференция об электронном правительстве, построенная целиком на разборе случаев. Мы не обсуждали теорию: только то, что уже работает, во что обошлось и что бы мы теперь сделали иначе.',
			'Пятьдесят два доклада за один день — о здравоохранении и образовании, о жилье и транспорте, о том, как чиновники ведут социальные сети и что из этого выходит. Собрали главное и отдельно то, с чем не согласны.',
			'Самарская область, Чувашия и Ямал показали три разных пути к одному и тому же результату. Сравниваем цифры, сроки и — главное — то, сколько людей действительно стало пользоваться услугами.',
			'Черновик повестки следующей встречи.',
		],
		categories: ['Электронное правительство', 'Регионы', 'Краудсорсинг', 'Выступления'],
		tags: [
			'открытые данные',
			'регионы',
			'конференции',
			'госуслуги',
			'здравоохранение',
			'транспорт',
			'краудсорсинг',
			'Псков',
			'социальные сети',
			'дизайн',
		],
		months: ['Февраль 2025', 'Январь 2025', 'Декабрь 2024', 'Сентябрь 2024', 'Июль 2024'],
		names: ['Анна', 'Сергей Иванович', 'Ольга К.', 'Дмитрий'],
		replies: [
			'Спасибо, очень своевременно. Особенно раздел о расходах: мы в прошлом году прошли ровно этот путь и наступили на те же грабли.',
			'А будет ли аналитический отчёт? Хотелось бы увидеть оценки проектов по регионам, а не только общий вывод.',
			'Не соглашусь. Тираж решений — это не копирование, у каждого региона свои реестры, свои люди и свои унаследованные системы.',
			'Отчёт выложим в марте, ссылку добавим прямо в запись.',
		],
		weekdays: [
			['Пн', 'Понедельник'],
			['Вт', 'Вторник'],
			['Ср', 'Среда'],
			['Чт', 'Четверг'],
			['Пт', 'Пятница'],
			['Сб', 'Суббота'],
			['Вс', 'Воскресенье'],
		].map(([short, long]) => ({ short: short!, long: long! })),
		date: (day) => `${day} февраля 2025 г.`,
	},
	en: {
		site: 'Open Government',
		tagline: 'Notes on electronic government and the people who make it',
		month: 'February 2025',
		year: '2025',
		intro: 'All that was written in the month, from the conference to the first reports.',
		category: 'Category: Nothing yet',
		query: 'conference',
		elsewhere: '3 posts found in another language (Russian)',
		author: 'Alena Popova',
		share: 'Share',
		mention: 'E-Government Digest',
		replyingTo: 'in reply to Anna',
		replyCount: '1 reply',
		jul: 'Jul',
		july: 'July 2024',
		sep: 'Sep',
		september: 'September 2025',
		menu: ['About', 'Talks', 'Contact'],
		titles: [
			'What two hundred and seventy-three participants taught us',
			'eGov 2.0, or why practical experience is better than any theory',
			'Public services in the regions: lower costs, the same quality',
			'Working notes for participants',
		],
		excerpts: [
			'On November 26 Moscow saw the first conference on electronic government built wholly on case studies. We discussed no theory: only what already works, what it cost, and what we would do differently now.',
			'Fifty-two reports in a day: health and education, housing and transport, how officials use social media and what comes of it. Here is the gist, and separately what we disagree with.',
			'Samara, Chuvashia and Yamal took three different roads to the same result. We compare the figures, the time, and above all how many people came to use the services.',
			'A draft of the next agenda.',
		],
		categories: ['Electronic government', 'Regions', 'Crowdsourcing', 'Talks'],
		tags: [
			'open data',
			'regions',
			'conferences',
			'services',
			'health',
			'transport',
			'crowdsourcing',
			'Pskov',
			'design',
		],
		months: ['February 2025', 'January 2025', 'December 2024', 'September 2024', 'July 2024'],
		names: ['Anna', 'Sergey Ivanovich', 'Olga K.', 'Dmitry'],
		replies: [
			'Thank you, very timely. The part about costs above all: we walked exactly this road last year and stepped on the same rakes.',
			'Will there be a report? I would like to see the figures by region, not only the conclusion.',
			'I disagree. Repeating a solution is not copying it: every region has its own registers and its own old systems.',
			'The report comes in March, and we shall add the link to this post.',
		],
		weekdays: [
			['Mon', 'Monday'],
			['Tue', 'Tuesday'],
			['Wed', 'Wednesday'],
			['Thu', 'Thursday'],
			['Fri', 'Friday'],
			['Sat', 'Saturday'],
			['Sun', 'Sunday'],
		].map(([short, long]) => ({ short: short!, long: long! })),
		date: (day) => `February ${day}, 2025`,
	},
}
