import { renderComment } from '../../src/markdown/comment.ts'
import type { Sample } from '../../src/spam/tokens.ts'

/**
 * Responses to measure the filter with, written apart from its seed: `name | e-mail | site | text`, one a line.
 * `>` begins a reply, `~` a response in a language its post is not written in.
 */
const SPAM_EN = `
~Electric Bikes Outlet|sales@ebikeoutlet.co|http://ebikeoutlet.co/|I really appreciate this topic, because it provides fresh and up to date knowledge
~Nevada Landscaping Group|contact@nvlandscape.com|http://www.nvlandscape.com|Good day admin, would it be okay if I used some information from this entry (a short excerpt) and gave a link back to your site? Thank you in any case and have a wonderful week!
~Florida Pool Repair|pool@flpoolrepair.com|http://flpoolrepair.com|Thanks for a marvelous posting! I certainly enjoyed reading it, you could be a great author
~Jennifer|jennif.77@gmail.com|http://ugg-boots-onsale.net|Aw, this was an incredibly nice post. Finding the time and actual effort to generate a top notch article
Kevin|kev44120@hotmail.com|http://bestgolfclubsreviewed.com|I do accept as true with all the ideas you have presented on your post. They are very convincing and will definitely work
~Payroll Services|hr@payrollusa.biz|http://payrollusa.biz|This article is actually a pleasant one, it helps new internet visitors who are wishing in favor of blogging
Slots Royale|vip@slotsroyale.win|https://slotsroyale.win|Exclusive! 150 free spins on registration, huge jackpots, instant withdrawals. Spin now
~Bitcoin Doubler|double@btcx2.site|https://btcx2.site|Send any amount of BTC and receive double back in 10 minutes. Verified payouts, join thousands of investors
Mary Williams|marywill92@gmail.com||I was scammed on a trading platform and thought my savings were gone until I contacted a recovery agent on WhatsApp +44 7700 900123. Everything was recovered within a week
Tramadol Online|rx@meds-noprescription.com|http://meds-noprescription.com|Order tramadol and xanax without prescription, overnight delivery, lowest prices online
~Handbags Sale|lv@bagsdesigner-outlet.com|http://bagsdesigner-outlet.com|designer handbags outlet, cheap coach purses, authentic michael kors sale free shipping
SEO Company|contact@toprankseo.agency|https://toprankseo.agency|Hi there! We offer affordable SEO packages, guaranteed first page on Google or your money back. Reply for a quote
~Outreach Team|editor@contentpitch.net||Hello, do you accept guest articles? We are ready to pay for a post with a do-follow link to our client's casino site
Term Paper Writers|papers@a-plus-papers.com|http://a-plus-papers.com|Get your term papers and essays done by experts, plagiarism free, fast delivery
~Hot Singles|meet@localsingles.xxx|http://localsingles.xxx|Meet lonely women near you tonight, no sign up fee
Emily|emily.rx55@yahoo.com|http://acaiberry-slim.com|Wow, amazing weblog format! How lengthy have you been running a blog for? You made blogging look easy
~Garage Doors|fix@garagedoorsrepair.us|http://garagedoorsrepair.us|I constantly spent my half an hour to read this website's articles everyday along with a cup of coffee
Travel Deals|cheap@flightsdeals.top|http://flightsdeals.top|Your style is so unique compared to other people I have read stuff from. Thank you for posting when you have the opportunity, guess I will just book mark this site
~mobile app developers|biz@appdevs.in|https://appdevs.in|Very informative blog, keep sharing such valuable content. We are also a leading mobile app development company
Loan Officer|funds@loan4all.biz||Do you need an urgent loan to pay your bills or start a business? We give out loans at 3% interest rate, apply via email today
~Pest Control|bugs@pestaway.us|http://pestaway.us|Ahaa, its good dialogue concerning this piece of writing at this place at this website, I have read all that
Roger|rog9911@gmail.com|http://cheapjerseys-wholesale.us|Wholesale nfl jerseys from china, cheap authentic jerseys, free shipping for orders over $100
~Tree Service|cut@treeservicepro.net|http://treeservicepro.net|Excellent information. Thanks
Vape Shop|vape@cloudjuice.store|https://cloudjuice.store|buy disposable vapes online, best flavours, discount code CLOUD10 https://cloudjuice.store/sale https://cloudjuice.store/new
~Bookmaker|odds@bet-king.bet|https://bet-king.bet|Bet on football, tennis and esports with the highest odds, get your bonus
Astrologer Sharma|guru@lovevashikaran.in|http://lovevashikaran.in|Love problem solution by world famous astrologer, get your lost love back, call +91 98765 43210
~Video Production|shoot@videoprod.us|http://videoprod.us|Hi, its nice paragraph about media print, we all be familiar with media is a wonderful source of facts
Nina|ninax8811@gmail.com|http://onlyfans-leaks.club|see my private photos here http://onlyfans-leaks.club/nina
~Accounting Firm|cpa@taxesdone.us|http://taxesdone.us/contact/locations|Thank you for your efforts, I am bookmarking it and will be back to read more of your useful info
Temp Mail|x@x-rumer.ru|http://x-rumer.ru|<a href="http://x-rumer.ru/a">cheap cialis</a> [url=http://x-rumer.ru/b]order levitra[/url]
~Air Conditioning Repair|cool@acrepairtx.com|http://acrepairtx.com|You should take part in a contest for one of the best sites on the net. I will recommend this blog!
`

const SPAM_RU = `
Межевание участков|zem@mezhevanie-mo.ru|http://mezhevanie-mo.ru|Спасибо за статью, очень полезно
Детская одежда|kids@detki-shop.ru|https://detki-shop.ru/catalog|Очень интересная статья, спасибо, жду новых публикаций!
Клининг|clean@kliningovaya.ru|http://kliningovaya.ru|Всё понятно объяснили, большое спасибо за информацию
Елена|elena4471@mail.ru|http://shuby-rasprodazha.ru|Спасибо за ваш сайт, много полезных советов! Кстати, шубы со скидкой до 70% тут
Пинап|pin@pinup-zerkalo.site|https://pinup-zerkalo.site|Пин ап официальный сайт, рабочее зеркало, бонус 500% на первый депозит
Азино777|az@azino-bonus.fun|https://azino-bonus.fun|игровые автоматы азино три топора играть на реальные деньги, бонус без депозита
Роман|roma_bet@yandex.ru||Поднял за вчера 40 тысяч на ставках, кому интересно как, добавляйтесь в телегу @romabet_prognoz
Крипта|kripta@arbitrage-p2p.io|https://arbitrage-p2p.io|Обучаю арбитражу криптовалюты, доход от 100 тысяч рублей в месяц, старт с нуля
Микрозаймы|mfo@dengi-srazu.top|https://dengi-srazu.top|Деньги в долг на карту за 10 минут, без отказа, даже с плохой кредитной историей
Аттестат|doc@attestat-goznak.com|http://attestat-goznak.com|Дипломы и аттестаты на бланках Гознак, быстро, конфиденциально, цены от 10000 руб
Раскрутка сайта|seo@raskrutka-saita.pro|https://raskrutka-saita.pro|Выведем ваш сайт в топ-10 Яндекса, прогон по каталогам, вечные ссылки, оплата за результат
Юлия|yuliya.work@bk.ru||Требуются сотрудники на дому, гибкий график, оплата ежедневно, пишите в whatsapp +7 999 123-45-67
Окна ПВХ|pvh@okna-zavod.ru|http://okna-zavod.ru|Познавательно. Спасибо за информацию.
Массаж|relax@massazh-salon.club|https://massazh-salon.club|Эротический массаж, салон в центре, девушки на любой вкус, анкеты с фото
Таможенный брокер|broker@tamozhnya-vl.ru|http://tamozhnya-vl.ru|Благодарю автора за столь подробный материал, всем советую прочитать
Лестницы на заказ|dub@lestnicy-dub.ru|http://lestnicy-dub.ru|Супер! Автор, пишите ещё!
Дом из бруса|brus@dom-iz-brusa.ru|http://dom-iz-brusa.ru|Отличная подача материала, полезный ресурс, обязательно зайду ещё
Маг Велимир|mag@privorot-silno.ru|http://privorot-silno.ru|Сделаю приворот, отворот, сниму венец безбрачия, результат через три дня, помощь мага
cпaйc|zakl@legal-mix.biz|http://legal-mix.biz|Kyпить coли, cпaйc, микcы, зaклaдки пo вceй Poccии, oпepaтop нa cвязи
Анжела|anzhela.m@mail.ru|https://seks-chat.online|Скучно вечером? Заходи в видеочат, девушки без комплексов онлайн
База адресов|baza@baza-email.ru|http://baza-email.ru|Рассылка по доскам объявлений, базы предприятий, увеличьте продажи в несколько раз
Отзывы|otz@kupit-otzyvy.ru|http://kupit-otzyvy.ru|Напишем положительные отзывы о вашей компании, удалим негатив из поиска
Артём|artem1133@gmail.com|http://ipoteka-bez-vznosa.ru|Нормальная статья. А кому нужна ипотека без первоначального взноса, обращайтесь по ссылке
Металлопрокат|metall@truba-opt.ru|http://truba-opt.ru/armatura|Труба, арматура, швеллер оптом со склада в Екатеринбурге, доставка, звоните +7 (343) 200-11-22
Запчасти|auto@zapchasti-inomarki.ru|http://zapchasti-inomarki.ru|Полезная инфа, спасибо, добавил сайт в избранное
Светлана|svetik99120@mail.ru|http://dieta-rezultat.ru|Девочки, я сбросила 12 кг за 3 недели, пила вот эти капли, заказывала на официальном сайте
Сериалы|tv@serial-hd1080.top|http://serial-hd1080.top|Смотрите все серии онлайн в HD качестве бесплатно и без рекламы
Справка|spr@medspravka24.ru|http://medspravka24.ru|Медицинские справки и больничные листы официально с доставкой за один день
Доставка суши|sushi@sushi-24.ru|http://sushi-24.ru|Спасибо, поделилась с подругами!
Шкафы-купе|shkaf@shkaf-kupe-nn.ru|http://shkaf-kupe-nn.ru|Интересно было почитать, автору большой плюс
Продам аккаунты|acc@akkaunty-shop.store|https://akkaunty-shop.store|Аккаунты вк, инстаграм, фейсбук оптом и в розницу, гарантия замены
Репетитор|ege@repetitor-ege.online|https://repetitor-ege.online|Спасибо за пост! Подготовка к ЕГЭ и ОГЭ онлайн, первое занятие бесплатно, записывайтесь
`

const HAM_EN = `
James|james.p@gmail.com||Thanks!
Rachel Green|rachel@rgreen.net||Thank you so much, this really helped.
Oliver Stone-Baker|oliver@gmail.com||Very useful, thanks. Bookmarked.
Tomasz|tomasz@wp.pl|https://tomasz.pl|Great post. I would only add that the 2011 edition has a different appendix, so page numbers don't match.
kelly|kelly@yahoo.com||I disagree with pretty much everything here, but it's well argued.
mjd|mjd@plover.org|https://blog.plover.org/|The claim about Gauss is a myth, see https://www.americanscientist.org/article/gausss-day-of-reckoning for the history of the anecdote.
Isabel|isabel@gmail.com||Is there a way to do this without an account?
>James|james.p@gmail.com||Yes, I meant Tuesday. Sorry for the confusion.
Duncan|duncan@hotmail.co.uk||What a load of crap. You clearly never set foot in that hospital.
Aisha|aisha@gmail.com||The download link gives 404.
Erik|erik@erik.se|https://erik.se|We moved from Postgres to SQLite for exactly this reason and never looked back. Backups are a file copy now.
Helen|helen.b@btinternet.com||My mother was born in that street. The bakery on the corner closed in 1974, not 1984.
Kenji|kenji@gmail.com||Which camera did you use?
Victor|victor@gmail.com||Fuck this ministry and their forms. Three hours in a queue to be told the printer is broken.
Amy|amy@gmail.com||haha brilliant
Pedro|pedro@gmail.com||I tried it on Ubuntu 12.04 and it fails at the last step with "cannot open shared object file". Any idea what I am missing?
>Lucy|lucy@gmail.com|https://lucyreads.blog|That's fair. I should have said "most" instead of "all".
Graham|graham@gmail.com||As somebody who worked in local government for twenty years I can tell you that the software was never the problem. The problem was that each department wanted to keep its own copy of the register, and nobody was paid to make them agree. You can buy the best system in the world and it will still be fed by three clerks who don't trust each other. When we finally merged two registers, it took eleven months, and nine of them were spent on arguing about what counts as an address.
Nicole|nicole@gmail.com||Will there be a recording?
Raj|raj.k@gmail.com|https://twitter.com/rajk|Same here, version 3.2 on a Mac.
Stella|stella@gmail.com||Happy birthday to the blog! Ten years, wow.
Colin|colin@gmail.com||You write "everyone". I know at least four people who didn't.
Petra|petra@seznam.cz||I think you mix up the two Nováks: the mayor and the architect were brothers.
Simon|simon@simonw.org|https://simonw.org|Here's how I did it with curl: \`curl -s https://example.org/api | jq .items\`. Not pretty but works.
Monica|monica@gmail.com||Could you write about the second conference as well? I heard it was smaller but better.
anon|anon@anon.org||meh
Jorge|jorge@gmail.com|https://jorge.wordpress.com/about|I translated this into Spanish, hope you don't mind: https://jorge.wordpress.com/2010/12/gobierno-electronico/
Patrick|patrick@gmail.com||No. Just no.
Irina V.|irinav@gmail.com||I was at the first conference in November, and honestly the coffee breaks were the best part.
Keith|keith@gmail.com||Good luck with the move, and write when you get there!
Zoe|zoe@gmail.com||Can't read the grey text on grey background. My eyes are 60 years old, have mercy.
Hassan|hassan@gmail.com||How much did it cost in the end, if it's not a secret?
Louise|louise@orange.fr||I laughed out loud at the part about the goat.
William|will@gmail.com||Source? The statistics office says 41%, not 60%: https://www.ons.gov.uk/
>Graham|graham@gmail.com||Exactly my experience too.
Joan|joan@gmail.com||I made this with buckwheat flour and it came out fine, only a bit dry.
Niels|niels@gmail.com|http://niels.dk|Thank you for this. I've linked to it from my own notes: http://niels.dk/notes/42
Debra|debra@gmail.com||Sad to hear. He taught me chemistry in 1981.
Arthur|arthur@gmail.com||Money isn't everything, but try telling that to the landlord.
Leah|leah@gmail.com||Second this. The new design is slower and I can't find the archive any more.
Gavin|gavin@gmail.com||I don't gamble, but my uncle lost a house in a casino, so the law seems fine to me.
Ahmed|ahmed@gmail.com||Bitcoin was at 30 dollars when you wrote this. How do you feel about it now?
Ursula|ursula@gmx.de||The train from Riga takes 17 hours, take the bus.
Vincent|vincent@gmail.com||There's a mistake in the formula, the second sum should start from zero.
Carol|carol@gmail.com||Please fix the RSS feed, it shows every entry twice since yesterday.
Theo|theo@gmail.com|https://theo.me|Nice to see somebody still blogging.
Miriam|miriam@gmail.com||My kids loved the story about the bear!
Ross|ross@gmail.com||Bollocks.
Gemma|gemma@gmail.com||I'm going there in May, what should I see besides the cathedral?
Alan|alan@gmail.com||Interesting article, thank you. I wonder how it looks from the other side, though: did you speak to anyone in the department?
Dmitri K.|dk@gmail.com|http://dk.livejournal.com|Hello from Novosibirsk! We had the same discussion on our forum.
Okonkwo Eze|o.eze@gmail.com||In Lagos the queue starts at four in the morning.
Siobhán Ní Dhomhnaill|siobhan@gmail.com||Go raibh maith agat! Lovely piece about the language schools.
bgrnt|bgrnt@protonmail.com|https://bgrnt.codeberg.page|the third diagram contradicts the second one, or am I reading it wrong?
`

const HAM_RU = `
Ирина|ira@mail.ru||Спасибо!
Евгений|evgeny@gmail.com||Большое спасибо, всё получилось.
Дарья|dasha@yandex.ru||Очень полезная статья, спасибо!
Владимир|vladimir@mail.ru||Спасибо за статью. А что делать, если файла нет?
Лиза|liza@gmail.com|https://liza.livejournal.com|Интересный взгляд. Мне кажется, вы недооцениваете роль случая, но спорить не буду.
серый|seryi@mail.ru||автор дурак, и статья дурацкая
>Ирина|ira@mail.ru||Да, во вторник, я оговорилась.
Виталий|vitaly@mail.ru||Ссылка на скачивание выдаёт 404.
Кирилл|kirill@gmail.com|https://kirill.dev|Мы перешли с постгреса на SQLite ровно по этой причине и не жалеем: копия базы теперь просто файл.
Людмила Ивановна|lyuda@mail.ru||Моя мама родилась на этой улице. Булочную на углу закрыли в 1974-м, а не в 1984-м.
Костя|kostya@mail.ru||А каким объективом снимали?
злой|zloy@mail.ru||Да пошли они на хуй со своими справками. Три часа в очереди, а потом «принтер сломался».
Аня|anya@mail.ru||хаха, огонь
Ильдар|ildar@mail.ru||На убунте 12.04 падает на последнем шаге: «не найден файл библиотеки». Чего не хватает?
>Семён|semyon@gmail.com||Справедливо. Надо было написать «большинство», а не «все».
Георгий|georgy@yandex.ru||Я двадцать лет проработал в администрации и скажу так: дело никогда не было в программах. Каждый отдел хотел держать свою копию реестра, и никому не платили за то, чтобы они договорились. Можно купить лучшую систему на свете, но данные в неё будут вбивать три тётки, которые друг другу не доверяют. Когда мы наконец слили два реестра, на это ушло одиннадцать месяцев, из них девять спорили о том, что считать адресом.
Настя|nastya@mail.ru||Запись выложат?
Тарас|taras@ukr.net|https://twitter.com/taras|У меня так же, версия 3.2 на маке.
Эльвира|elvira@mail.ru||С днём рождения блога! Десять лет, с ума сойти.
Глеб|gleb@mail.ru||Вы пишете «все». Я знаю минимум четверых, кто не голосовал.
Лидия|lidia@mail.ru||Вы путаете двух Новиковых: мэр и архитектор были братьями.
Захар|zakhar@gmail.com|https://github.com/zakhar|Я сделал через curl: \`curl -s https://example.org/api | jq .items\`. Некрасиво, зато работает.
Марк|mark@mail.ru||А про вторую конференцию напишете? Говорят, она была меньше, но лучше.
ноунейм|noname@mail.ru||ну такое
Регина|regina@mail.ru||Поправьте, пожалуйста, дату: 26 февраля было в среду.
Савелий|savva@mail.ru||Нет. Просто нет.
Алла|alla@mail.ru||Была на первой конференции в ноябре, и, честно говоря, лучше всего были перерывы на кофе.
Родион|rodion@mail.ru||Удачи с переездом, пишите, как доберётесь!
Клавдия|klava@mail.ru||Серым по серому не читается, пожалейте мои глаза.
Тигран|tigran@mail.ru||А во сколько обошлось, если не секрет?
Инна|inna@mail.ru||В голос смеялась на месте про козу.
Вадим|vadim@mail.ru||Откуда цифра? По данным Росстата 41%, а не 60: https://rosstat.gov.ru/folder/210/document/13204
>Георгий|georgy@yandex.ru||Вот-вот, у нас так же.
Раиса|raya@mail.ru||Делала на гречневой муке, вышло хорошо, только суховато.
Влад|vlad@vladnotes.ru|http://vladnotes.ru|Спасибо, сослался у себя: http://vladnotes.ru/2012/04/egov/
Жанна|zhanna@mail.ru||Грустно. Он вёл у нас химию в 1981 году.
Артур|artur@mail.ru||Не в деньгах счастье, но объясните это хозяину квартиры.
Лера|lera@mail.ru||Поддерживаю. Новый дизайн медленнее, и архив теперь не найти.
Данила|danila@mail.ru||Сам не играю, но дядя проиграл в казино квартиру, так что закон, по-моему, правильный.
Камиль|kamil@mail.ru||Биткоин стоил 30 долларов, когда вы это писали. Как вам теперь?
Софья|sofia@mail.ru||Поезд из Риги идёт 17 часов, лучше автобусом.
Матвей|matvey@mail.ru||В формуле ошибка: вторая сумма должна начинаться с нуля.
Варя|varya@mail.ru||Почините RSS, со вчерашнего дня каждая запись приходит дважды.
Тимофей|tima@gmail.com|https://tima.name|Приятно видеть, что кто-то ещё ведёт блог.
Майя|maya@mail.ru||Детям очень понравилась сказка про медведя!
гость|gost@mail.ru||бред сивой кобылы
Вика|vika@mail.ru||Еду туда в мае. Что посмотреть кроме собора?
Леонид|leonid@mail.ru||Хорошая статья, спасибо автору. Интересно, как это видится с другой стороны: вы говорили с кем-нибудь из департамента?
Эмма|emma@gmail.com||Спасибо вам за труд! Перечитываю второй раз.
Ромка|romka@mail.ru|http://romka.blogspot.com|Привет из Новосибирска! У нас на форуме был такой же спор.
Мунира|munira@mail.ru||В Душанбе очередь занимают с четырёх утра.
Снежана Б.|snezhana@mail.ru||А почему закрыли комментарии к прошлой записи?
d_ark|dark@ya.ru||третья схема противоречит второй, или я не так читаю?
Иннокентий|kesha@mail.ru||Кредит на пять лет под 18% — это вы называете доступным жильём?
Ксения|ksenia@mail.ru||Купить можно в любом киоске у метро, рублей за сто.
Рома|roma@mail.ru||Диплом у меня есть, работы нет. Вот и вся статистика.
~Anna|anna.b@gmail.com||Sorry, I can't write in Russian. Is there an English version of this post?
~Joe|joe@joeblog.net|https://joeblog.net|Found this through Google Translate. The example with the tax office is the same in Ohio, word for word.
`

/** A response with what it is. */
export interface Labelled {
	as: 'spam' | 'ham'
	sample: Sample
}

/** Every response of the test set, spam and ham and languages taking turns. */
export const CORPUS: Labelled[] = [
	...read(SPAM_EN, 'spam', 'en'),
	...read(SPAM_RU, 'spam', 'ru'),
	...read(HAM_EN, 'ham', 'en'),
	...read(HAM_RU, 'ham', 'ru'),
]

/** A comment as people send it. */
export function sample(fields: Partial<Omit<Sample, 'html'>> & { text: string }): Sample {
	const { text, ...rest } = fields
	const plain = { kind: 'comment', name: 'Anna', email: '', url: '', locale: 'en', isReply: false, isForeign: false }
	return { ...plain, ...rest, html: renderComment(text) } as Sample
}

function read(lines: string, as: 'spam' | 'ham', locale: string): Labelled[] {
	return lines
		.trim()
		.split('\n')
		.map((line) => ({ as, sample: readLine(line, locale) }))
}

function readLine(line: string, locale: string): Sample {
	const [, signs = '', name = '', email = '', url = '', text = ''] =
		line.match(/^([>~]*)([^|]*)\|([^|]*)\|([^|]*)\|(.*)$/) ?? []
	const isForeign = signs.includes('~')
	return sample({ name, email, url, text, locale: isForeign ? 'en' : locale, isReply: signs.includes('>'), isForeign })
}
