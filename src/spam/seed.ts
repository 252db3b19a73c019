import { renderComment } from '../markdown/comment.ts'
import type { Counts } from './bayes.ts'
import { type Sample, tokensOf } from './tokens.ts'

/** What a new filter knows: made-up responses, one a line, `name | e-mail | site | text`; `>` begins a reply, `~` what is not in its post's language. */
const SPAM_EN = `
Cheap Patio Furniture|patio@sunnydeals.biz|http://www.cheap-patio-furniture-store.com/sale|I am very grateful for this post, it gives really useful and updated information. Keep it up
Best Vacuum Cleaners|info@vacuumtop10.com|http://vacuumtop10.com/|Thank you for sharing this wonderful information. It is really helpful for me and my friends
~Dallas Plumbing Services|office@dallasplumb.net|https://dallasplumb.net|Hi webmaster, may I quote a few paragraphs of your post on my website if I link back to you? Many thanks and have a great day!
Web Design Agency|hello@pixelagency.io|https://pixelagency.io/services|Greetings admin, your blog is awesome. Do you mind if I cite a couple of your articles as long as I provide credit and sources back to your weblog?
seo expert|rankboost99@gmail.com|https://rankboost.site|Hello, I found your website on Google and noticed it is not on the first page. We can improve your ranking and bring more traffic. Contact us for a free SEO audit
~George|georgelink221@mail.ru|http://bestessaywriters.org|Wonderful article! This is the kind of info that should be shared across the internet. Shame on Google for not positioning this post higher! Come on over and visit my website
wedding photographer|snap@wedphoto.us|http://wedphoto.us|Hey there, I stumbled upon your blog on Yahoo and I must say it is magnificent. I will bookmark your site and take the feeds also. I am happy to find so many useful info here
Michael Smith|mike7741@hotmail.com|http://cheapviagra-online.biz|Buy cheap viagra, cialis and levitra online without prescription. Best price, discreet delivery
~online casino|win@luckyspin.casino|https://luckyspin.casino/bonus|Play the best online casino slots now and get a 200% welcome bonus plus 100 free spins! No deposit needed
Crypto Trader|invest@btcprofit.top|https://btcprofit.top|I turned $500 into $9,000 in two weeks trading bitcoin with Mrs. Linda. Contact her on WhatsApp +1 202 555 0143 to start earning today
Mrs Rose|rose.recovery11@gmail.com||I lost my bitcoin to scammers but a hacker helped me recover all my funds. Reach him by email recoveryexpert at gmail dot com or telegram @fundsback
~Payday Loans|loans@quickcash.loan|https://quickcash.loan|Need cash fast? Get approved for a loan up to $5000 today with bad credit, no credit check. Apply online now
air max shoes|nikeshop@163.com|http://www.airmax-outlet-sale.com|Cheap jordan shoes, nike air max outlet, louis vuitton handbags, free shipping
replica watches|swiss@watchcopy.cn|http://watchcopy.cn/rolex|High quality replica watches, rolex and omega at the lowest price, buy now
~Guest Post|outreach@linkbuilders.agency||Hi, I am an outreach manager. We would like to publish a sponsored guest post on your site with one dofollow link. What is your price?
Kitchen Remodeling|kate@kitchenpros.com|http://kitchenpros.com/remodeling-chicago|Very nice post. I just stumbled upon your weblog and wanted to say that I have truly enjoyed surfing around your blog posts. I hope you write again soon!
Weight Loss Tips|slim@keto-burn.shop|https://keto-burn.shop|Lose 20 pounds in a month with this natural keto supplement. Doctors hate it. Click here to order with a discount
~Sandra|sandra445@outlook.com|https://hotdates.club|Hot girls in your city are waiting for you tonight. Free adult dating, register now
escort service|vip@escortlux.net|https://escortlux.net|Beautiful independent escort girls, call now, 24 hours
forex signals|pips@fxsignal.pro|https://fxsignal.pro|Join our telegram channel for profitable forex signals with 95% accuracy, earn daily
~Carpet Cleaning London|book@cleancarpetlondon.co.uk|http://cleancarpetlondon.co.uk|Nice blog! Thanks for the great information provided. I appreciate your work, keep posting
Divorce Lawyer|law@attorneyfinder.us|http://attorneyfinder.us|This is such a great resource that you are providing and you give it away for free. I love seeing blogs that understand the value of providing a quality resource
led lights|sales@ledlight-factory.cn|http://ledlight-factory.cn|We are a professional manufacturer of led lights from China. High quality and competitive price. Please visit our website
~Tom|tombest9@gmail.com|http://free-movies-hd.xyz|Watch full movies online free HD streaming without registration here
mp3 download|mp3@songs4free.xyz|http://songs4free.xyz|Download free mp3 songs, new albums and ringtones
backlinks|pbn@linksale.store|https://linksale.store|Get 1000 high quality dofollow backlinks for only $49. Boost your domain authority and rank on Google
~Best Hosting|promo@hostcheap.top|https://hostcheap.top/coupon|Excellent post. I was checking constantly this blog and I am impressed! Extremely useful info specially the last part. I care for such info much. Thank you and good luck
Insurance Quotes|agent@insurequotes.biz|http://insurequotes.biz|I have been exploring for a little for any high quality articles or weblog posts on this sort of area. Reading this information I am happy to convey that I have found what I needed
spell caster|drspell@mail.com||Dr Odin is a powerful spell caster who brought back my ex husband within 48 hours. Contact him today for help with your marriage
~Solar Panels|green@solarpanel-install.com|http://solarpanel-install.com|Hello! This post could not be written any better! Reading this reminds me of my previous room mate. I will forward this write-up to him. Thanks for sharing!
dental implants|smile@dentalcity.us|http://dentalcity.us|What a fantastic blog, the content is very informative. I am waiting for your next post, regards
Robert|rob1988x@yahoo.com|http://www.garcinia-pure.info|Its like you read my mind! You seem to know so much about this, like you wrote the book in it or something. I think that you could do with some pics to drive the message home, but instead of that, this is great blog
~roofing company|roof@roofpros.biz|http://roofpros.biz|Hmm is anyone else having problems with the images on this blog loading? I am trying to find out if its a problem on my end. Any feedback would be greatly appreciated
Essay Help|write@topessays.org|https://topessays.org/order|Students, buy an original essay or dissertation written by professional writers. 24/7 support, money back guarantee
phone spy|app@spyphone.app|https://spyphone.app|Track any phone, read messages and find out if your partner is cheating. Install the app today
~Amelia|amelia.k@gmail.com|http://discounthandbags.shop|Hi there, just wanted to tell you, I enjoyed this post. It was practical. Keep on posting! My page: discount handbags
car rental|rent@autohire.top|http://autohire.top|Pretty section of content. I just stumbled upon your web site and in accession capital to assert that I get actually enjoyed account your blog posts
betting tips|tips@sure-odds.bet|https://sure-odds.bet|Sure football betting tips and fixed matches, 100% winning odds today. Join VIP
~cbd oil|shop@cbdpure.store|https://cbdpure.store|The best CBD oil and gummies for pain and anxiety. Use the code SAVE20 for 20% off
Jessica|jess_money@aol.com|https://workfromhome-cash.info|My sister makes $85 an hour on the computer working from home. Last month her pay check was $12,000. Visit this site
mattress reviews|sleep@mattressguru.net|http://mattressguru.net|Great article, totally what I was looking for. I like your writing style, the topic is explained in simple words
~Software Company India|info@softindia.co.in|http://softindia.co.in|Nice information, valuable and excellent, as share good stuff with good ideas and concepts, thanks for sharing
xrumer|bot@xr.top|http://xr.top|[url=http://xr.top/pills]buy pills[/url] <a href="http://xr.top/pills">buy pills</a> https://xr.top/1 https://xr.top/2 https://xr.top/3
Instagram followers|smm@followers-buy.com|https://followers-buy.com|Buy real instagram followers and likes, cheap and instant delivery
~Mark|mark.adm5@gmail.com|http://lawn-mower-parts.com|Howdy! Do you know if they make any plugins to protect against hackers? I am kinda paranoid about losing everything I have worked hard on. Any recommendations?
Oliver|oli8822@gmail.com|http://steroids-buy.net|Hey are you using Wordpress for your blog platform? I am new to the blog world but I am trying to get started and create my own. Do you need any html coding expertise to make your own blog?
Nursing Jobs|jobs@nursecareer.biz|http://nursecareer.biz|I wish to thank you for the efforts you have put in penning this site. I am hoping to see the same high-grade content from you later on as well
~moving company|move@moversny.us|http://moversny.us|Superb blog you have here but I was wanting to know if you knew of any forums that cover the same topics talked about in this article?
Used Cars|cars@autosale.biz|http://autosale.biz/used|Thanks for the useful information on this topic, it gives the latest news
hair extensions|hair@beautyhair.shop|http://beautyhair.shop|I am so happy to read this. This is the type of manual that needs to be given and not the accidental misinformation that is at the other blogs
`

const SPAM_RU = `
Пластиковые окна|okna@okna-nedorogo.ru|http://okna-nedorogo.ru|Спасибо за интересную статью, узнал много нового и полезного
Ремонт квартир в Москве|remont@remont-kvartir-msk.ru|https://remont-kvartir-msk.ru/ceny|Очень полезная информация, спасибо автору! Буду следить за обновлениями сайта
Интернет-магазин обуви|shop@obuv-sale.ru|http://obuv-sale.ru/|Отличный сайт, много полезного, добавил в закладки
Марина|marina88231@mail.ru|http://kredit-online24.ru|Спасибо, очень познавательно! А я недавно оформила кредит онлайн без справок, за пять минут, советую всем
Натяжные потолки|potolok@potolki-spb.ru|http://potolki-spb.ru|Хорошая статья, всё доступно и понятно написано. Спасибо за ваш труд
Казино онлайн|bonus@casino-play.top|https://casino-play.top|Лучшее онлайн казино, игровые автоматы на деньги, бонус за регистрацию и быстрый вывод выигрыша
Вулкан|slot@vulkan777.club|https://vulkan777.club|Играть в игровые автоматы бесплатно и без регистрации, фриспины каждый день
Сергей|bet7788@yandex.ru|https://stavki-sport.bet|Ставки на спорт, договорные матчи, прогнозы с проходимостью 90%. Пишите в телеграм @stavkiprofit
Дипломы|diplom@diplom-kupit.com|http://diplom-kupit.com|Купить диплом с занесением в реестр, любой вуз, доставка, оплата после получения
Анна|anya.rabota@mail.ru||Ищу людей для удаленной работы, доход от 5000 рублей в день, опыт не нужен. Пишите в телеграм @rabota_online24
Инвестиции|invest@cryptodohod.top|https://cryptodohod.top|Заработок на криптовалюте, пассивный доход от 3% в день, вложите от 1000 рублей и получите прибыль
SEO продвижение|seo@prodvizhenie-top.ru|https://prodvizhenie-top.ru|Здравствуйте! Продвижение сайтов в топ Яндекса и Google, аудит бесплатно. Гарантия результата, обращайтесь
Займы на карту|zaim@zaimy-srochno.ru|https://zaimy-srochno.ru|Срочный займ на карту без отказа и проверки кредитной истории, деньги за 5 минут
Виагра|apteka@dzhenerik.shop|http://dzhenerik.shop|Купить виагру и сиалис недорого, дженерики с доставкой по России, анонимно
Проститутки|vip@devochki-msk.club|https://devochki-msk.club|Индивидуалки и проститутки с проверенными фото, досуг для мужчин, выезд круглосуточно
Грузоперевозки|gruz@gazel-moskva.ru|http://gazel-moskva.ru|Грузоперевозки недорого, переезды, грузчики, звоните 8 (495) 555-12-34
Эвакуатор|evak@evakuator24.ru|http://evakuator24.ru|Интересно написано, спасибо. Если нужен эвакуатор круглосуточно, обращайтесь к нам
Олег|oleg_smm@bk.ru|https://nakrutka-smm.ru|Накрутка подписчиков и лайков вконтакте и инстаграм, дёшево и быстро
Кухни на заказ|mebel@kuhni-na-zakaz.ru|http://kuhni-na-zakaz.ru|Спасибо за полезную информацию! Всё очень подробно расписано, буду пользоваться
Создание сайтов|web@sayt-pod-klyuch.ru|https://sayt-pod-klyuch.ru|Создание сайтов под ключ недорого, разработка интернет-магазинов, скидка 20% до конца месяца
Гадание|taro@gadanie-taro.ru|http://gadanie-taro.ru|Сильный маг поможет вернуть любимого, приворот, снятие порчи, гадание на таро
Ольга Петровна|olga.tovar@mail.ru|http://kosmetika-opt.ru|Как хорошо, что нашла ваш сайт! Столько нужной информации. Заходите и на наш сайт, у нас косметика по оптовым ценам
Юридические услуги|urist@yurist-msk.ru|http://yurist-msk.ru|Бесплатная консультация юриста, списание долгов, банкротство физических лиц под ключ
Бурение скважин|voda@skvazhina-mo.ru|http://skvazhina-mo.ru|Статья супер, автору респект
Купить шины|tyres@shiny-diski.ru|http://shiny-diski.ru/zimnie|Познавательная статья, спасибо, что делитесь
Похудение|slim@hudeem-legko.ru|http://hudeem-legko.ru|Похудела на 15 кг за месяц без диет и спорта, помогло натуральное средство, заказала здесь
Виктория|vika.znak@mail.ru|https://znakomstva-sex.club|Знакомства для секса в твоём городе, девушки ждут, регистрация бесплатно
Курсы английского|kurs@english-kurs.online|https://english-kurs.online|Спасибо, материал хороший. Приглашаем на бесплатный вебинар, запись по ссылке
Прокси|sale@proxy-shop.top|https://proxy-shop.top|Продажа приватных прокси и аккаунтов, базы для рассылки, хрумер, низкие цены
Дмитрий|dima.link9@gmail.com|http://birzha-ssylok.ru|Хороший блог! Предлагаю обмен ссылками, мой сайт похожей тематики, жду ответа на почту
Реклама|info@reklama-blog.ru||Добрый день! Хотим разместить рекламную статью на вашем сайте. Какая стоимость размещения?
Тёплые полы|pol@teplyj-pol.ru|http://teplyj-pol.ru|Большое спасибо, давно искал такую информацию
Фильмы онлайн|kino@filmy-hd.club|http://filmy-hd.club|Смотреть фильмы и сериалы онлайн бесплатно в хорошем качестве без регистрации
Скачать|soft@skachat-besplatno.top|http://skachat-besplatno.top|Скачать бесплатно программы, ключи активации, кряк и игры через торрент
Кондиционеры|air@klimat-servis.ru|http://klimat-servis.ru|Сайт просто отличный, буду рекомендовать всем знакомым!
Цветы с доставкой|roza@cvety-dostavka.ru|http://cvety-dostavka.ru/bukety|Спасибо большое автору за интересный материал, побольше бы таких статей
Двери межкомнатные|dver@dveri-optom.ru|http://dveri-optom.ru|Замечательная статья! Почерпнул для себя много нужного, благодарю
Наращивание ногтей|nails@beauty-nails.ru|http://beauty-nails.ru|Прочитала с удовольствием, всё по делу
Аренда авто|rent@prokat-avto.ru|http://prokat-avto.ru|Классный сайт, дизайн понравился, удачи в развитии проекта
Трейдинг|trade@binary-options.top|https://binary-options.top|Научу зарабатывать на бинарных опционах, мой доход 200000 рублей в месяц, пишите в личку
Памятники|granit@pamyatniki-granit.ru|http://pamyatniki-granit.ru|Полезный пост, спасибо
Стройматериалы|stroy@stroymat-baza.ru|http://stroymat-baza.ru|Полностью поддерживаю автора, всё правильно сказано. Кирпич и цемент от производителя с доставкой
Наталья|natali5521@rambler.ru|http://tury-goryashie.ru|Интересная информация! Кстати, горящие туры по самым низким ценам можно посмотреть на этом сайте
Игорь|igor.bit@mail.ru|https://mayning.club|Кто хочет получать биткоины бесплатно, переходите по ссылке и регистрируйтесь https://mayning.club/ref/5521
Видеонаблюдение|cam@videokamery.ru|http://videokamery.ru|Автор молодец, тема раскрыта полностью. Рекомендую всем
Женский журнал|info@woman-zhurnal.ru|http://woman-zhurnal.ru|Очень интересно, спасибо, обязательно поделюсь ссылкой с друзьями
Microsoft ключи|key@kluchi.store|https://kluchi.store|Лицензионные ключи windows и office дёшево, гарантия, оплата картой
Пиломатериалы|les@pilomat.ru|http://pilomat.ru|Благодарю за информацию, очень помогло
Перетяжка мебели|divan@peretyazhka.ru|http://peretyazhka.ru|Полезно, интересно, актуально. Так держать!
Екатерина|katya_dohod@mail.ru||Устала сидеть без денег, пока не узнала про этот проект, теперь получаю каждую неделю. Расскажу как, пишите в телеграм @katya_dohod
Kupit|q1@kupi-top.xyz|http://kupi-top.xyz|[url=http://kupi-top.xyz]купить недорого[/url] купить цена отзывы купить в москве
`

const HAM_EN = String.raw`
John Carter|jcarter@gmail.com||Thanks, this saved me an hour today.
Maria Lopez|maria.lopez@yahoo.com||Thank you! Exactly what I was looking for.
dave|dave@hey.com|https://davewrites.net|I don't agree with the second point. We tried this at work for a year and the meetings only got longer.
Ngozi|ngozi.o@gmail.com||Could you share the slides from the talk? I missed the last part.
Peter Novak|peter@novak.cz|https://novak.cz|Typo in the third paragraph: "it's" should be "its". Feel free to delete this comment.
anonymous coward|nobody@nowhere.org||this is bullshit, the numbers are from 2008 and everybody knows it
>Lena|lena.k@web.de||No, I meant the older version, the one before they changed the licence.
Sam|sam.w@gmail.com|https://github.com/samw|Ran into the same bug yesterday. The workaround is to delete the lock file and run it again.
Kwame Mensah|kwame@mensah.dev|https://mensah.dev/blog|I wrote about the same thing a while ago: https://mensah.dev/blog/queues. My conclusion was a bit different, mostly because our traffic is so uneven.
Alice|alice.t@outlook.com||Lovely photos. Is the second one taken from the bridge?
>Tom|tom@tomh.org||Good point, I hadn't thought of that.
Hiroshi Tanaka|h.tanaka@gmail.com||Does this work on Windows too? I get an error: "permission denied".
Ruth|ruth.a@icloud.com||I remember that day, I was standing at the back. It was cold and nobody could hear a word.
mike|mike@fastmail.com|https://twitter.com/mikeb|lol
jp|jp@gmx.net||+1
Ivan Petrov|ivan.petrov@gmail.com|https://ipetrov.livejournal.com|Sorry for my English. I think the law was changed in 2009, see http://en.wikipedia.org/wiki/Freedom_of_information and the comments there.
Ben|ben.h@gmail.com||Well, that depends on who you ask. My grandmother would have laughed at all of it, and she lived through the thing.
Claire Dubois|claire@dubois.fr||Merci! I mean, thanks. When is the next part coming?
Andrew|andrew.m@hotmail.com||Interesting, but the link to the report is dead. Do you have a copy?
Susan|susan.p@aol.com||What a sad story. My condolences to the family.
rob|rob@robsblog.org|http://robsblog.org|We had this argument in the pub last week and nobody won. I still think he is wrong, but he is wrong for better reasons than you give him credit for.
Priya|priya.s@gmail.com||I followed the steps and it worked, except that in step 4 I had to restart the server first.
>Karl|karl@posteo.de||> the committee will decide\n\nWhich committee? There are three of them and they don't talk to each other.
George W.|gw@gmail.com||How do you pronounce the title?
Emma|emma.b@gmail.com|https://emmab.wordpress.com|Just finished the book because of your review. You were right about the ending, and wrong about the sister.
Old Reader|oldreader@gmail.com||I've been reading this blog since 2006 and this is the first time I comment. Please don't stop.
Dan|dan.f@yahoo.com||Nope. Doesn't work for me on Firefox, the menu stays open.
Nick|nick@nickr.co.uk|https://nickr.co.uk|Here is a shorter version:\n\n~~~\nconst total = items.reduce((a, b) => a + b, 0)\n~~~\n\nno loop needed
Julia|julia.r@gmail.com||Congratulations on the new job! See you in Berlin.
Fred|fred@gmail.com||Stupid question maybe, but why not just ask them?
>Author's friend|friend@gmail.com||Ha, I knew you would say that.
Wei Chen|wei.chen@gmail.com||We measured it in our lab: 40 ms against 25 ms, so about 60% slower, not twice as slow.
Martin|martin@example.org|https://martin.example.org|The city promised this in 2007, and in 2010, and now again. I will believe it when I see the trams.
Olga|olga.s@gmail.com||Great news, thank you for telling us!
Bill|bill@gmail.com||Damn, that hurts to read. The government should be ashamed.
Tim O'Brien|tim@obrien.ie|https://obrien.ie|Have you looked at the Estonian system? They solved the identity part first, and only then moved the services online.
Hannah|hannah@gmail.com||I teach this to first-year students, and what they find hardest isn't the syntax but knowing what to write.
kev|kev@kevs.net||First!
Laura|laura.g@gmail.com||My phone shows the table cut off on the right side, can you fix it?
Yusuf|yusuf@gmail.com||Not sure I understand the last sentence. Do you mean before or after the vote?
Steve|steve.j@me.com||I bought one of these in March for about $300 and it broke in June. Never again.
Anders|anders@telia.se||Here in Sweden it's the same, only with more forms.
Greg|greg@gmail.com|https://gregd.blogspot.com/|Nice write-up. One thing I'd add: the old tool still exists, it was renamed, see https://github.com/oldtool/oldtool
Sofia|sofia.m@gmail.com||Thanks a lot for the recipe, we made it on Sunday with half the sugar and the kids ate everything.
Chris|chris@gmail.com||You forgot Poland :)
Nadia|nadia@gmail.com||This made me cry. Thank you for writing it.
>Paul|paul.d@gmail.com||I was there too, row five. The speaker said the opposite of what you quote.
Vera|vera.n@gmail.com||Where can I download the programme of the conference?
Jan de Vries|jan@devries.nl|https://devries.nl/|I disagree, politely. An open format is worth nothing when only one program can read it.
Max|max.r@gmail.com||ok, thanks
Diana|diana@gmail.com||Please write more about the museum, my father used to work there.
Ed|ed@ed-online.co.uk|https://ed-online.co.uk|I switched to Linux because of this post. My wife is not happy with you.
Beth|beth@gmail.com||Is it possible to subscribe by e-mail? I don't use RSS.
Leo|leo@gmail.com||Why would anybody pay for that?
Frank|frank.z@gmail.com||The map is upside down.
Linda|linda@lindaknits.com|https://lindaknits.com|My grandmother used wool for this and it lasted thirty years.
Toby Fischer|toby@fischer.io|https://fischer.io|The benchmark is unfair: one side has its cache warm. Run it twice and look at the second number.
Stuart|stuart@gmail.com|https://stuartwrites.substack.com|I quoted you here, with a question at the end: https://stuartwrites.substack.com/p/paper-and-people
Jamie|jamie@jamie.page|https://jamie.page|We had the same problem at our library. In the end a volunteer wrote a script.
~Marie|marie@laposte.net|https://mariecarnets.fr|I read it with a dictionary. In France the post office does this, and it isn't better.
~Hans Berger|hans.berger@gmx.at||Is there a translation? My Russian is only good enough for menus.
~Neil|neil@gmail.com||What does the caption under the last picture say?
Abby|abby@gmail.com|https://mastodon.social/@abby|Wasn't that bridge rebuilt in the sixties? The book "City of Stone" has a chapter about it.
Harold|harold@gmail.com|https://en.wikipedia.org/wiki/User:Harold|The quotation is from a letter, not from the speech: https://archive.org/details/letters1871
Cameron|cam@camcode.net|https://camcode.net/about/|Switched last year, two regrets so far, both about printing.
Judith|judith@gmail.com|https://judithgardens.blogspot.com|Mine flowered in April, too early, and then the frost came.
Omar Said|omar@gmail.com|https://www.linkedin.com/in/omarsaid|Our ministry published the same tables, only as photographs of paper.
`

const HAM_RU = String.raw`
Анна Смирнова|anna.smirnova@yandex.ru||Спасибо! Сохранила, завтра попробую.
Алексей|alex.k@gmail.com||Спасибо, очень помогло.
vovka|vovka@mail.ru|http://vovka.livejournal.com|Не согласен. У нас на работе так делали два года, и ничего хорошего не вышло.
Марина К.|marina.k@yandex.ru||А можно выложить презентацию? Я не успела записать последний слайд.
Игорь|igor.s@gmail.com||Опечатка во втором абзаце: «в течении» надо через «е» на конце.
прохожий|prohozhiy@mail.ru||что за бред, автор хоть раз сам это пробовал?
>Лена|lena.l@mail.ru||Нет, я про старую версию, до того как всё поменяли.
Сергей Иванов|sergey@ivanov.pro|https://ivanov.pro|У меня та же ошибка. Помогло удалить файл настроек и запустить заново.
Дмитрий Орлов|orlov.d@gmail.com|https://orlov.dev/blog|Писал об этом же пару лет назад: https://orlov.dev/blog/ocheredi. Вывод у меня получился другой, потому что нагрузка у нас неровная.
Татьяна|tanya@mail.ru||Красивые фотографии! Вторая снята с моста?
>Толя|tolik@yandex.ru||Хм, об этом я не подумал.
Рустам|rustam@gmail.com||А на винде это работает? Пишет «отказано в доступе».
Вера Павловна|vera.p@mail.ru||Помню этот день, стояла в самом конце. Было холодно, и ничего не было слышно.
kot|kot@ya.ru|https://twitter.com/kot|ахаха, точно
юра|yura@mail.ru||+1
Ольга|olga.v@mail.ru||Насколько я знаю, закон поменяли в 2009 году, вот текст: http://www.consultant.ru/document/cons_doc_LAW_77720/ Посмотрите седьмую статью.
Николай Петрович|nikpet@rambler.ru||Ну это смотря кого спросить. Моя бабушка над всем этим посмеялась бы, а она то время застала.
Света|sveta@mail.ru||А когда будет продолжение?
Андрей|andrey.m@yandex.ru||Интересно, но ссылка на отчёт не открывается. У вас не осталось копии?
Нина|nina@mail.ru||Как жаль. Соболезную родным.
max|max@maxlog.ru|http://maxlog.ru|Мы спорили об этом в пятницу до двух ночи, и никто никого не убедил. По-моему, он всё-таки не прав, но не так глупо, как вы пишете.
Юля|yulia@gmail.com||Сделала по шагам, всё получилось, только на четвёртом шаге пришлось перезапустить сервер.
>Карина|karina@mail.ru||> решит комиссия\n\nКакая комиссия? Их три, и они друг с другом не разговаривают.
Женя|zhenya@mail.ru||А как правильно ставить ударение в названии?
Ася|asya@gmail.com|https://asya.wordpress.com|Дочитала книгу из-за вашей рецензии. Про концовку вы правы, про сестру — нет.
Старый читатель|oldreader@mail.ru||Читаю вас с 2006 года, а пишу в первый раз. Не бросайте, пожалуйста.
Миша|misha@gmail.com||Не, у меня не работает, меню не закрывается.
Никита|nikita@gmail.com|https://github.com/nikita|Можно короче:\n\n~~~\nconst total = items.reduce((a, b) => a + b, 0)\n~~~\n\nи цикл не нужен
Ксюша|ksu@mail.ru||Поздравляю с новой работой! Увидимся в Питере.
Федя|fedya@gmail.com||Может, глупый вопрос, а почему просто не спросить у них самих?
>друг автора|drug@mail.ru||Ха, так и знал, что ты это скажешь.
Руслан|ruslan@yandex.ru||Мы у себя замеряли: 40 мс против 25, то есть медленнее на 60%, а не вдвое.
Павел|pavel@pavelnotes.ru|https://pavelnotes.ru|Город обещал это в 2007-м, потом в 2010-м, теперь опять. Поверю, когда увижу трамвай.
Катя|katya@mail.ru||Отличная новость, спасибо, что рассказали!
Борис|boris@mail.ru||Блин, читать больно. Стыдно за министерство.
Тимур|timur@gmail.com|https://timur.me|А вы смотрели, как сделано в Эстонии? Там сначала решили вопрос с удостоверениями, а услуги в сеть вынесли потом.
Галина|galina@mail.ru||Я преподаю это первокурсникам. Труднее всего им даётся не синтаксис, а понять, что вообще писать.
Вася|vasya@mail.ru||первый нах
Лариса|larisa@mail.ru||На телефоне таблица справа обрезана, поправьте, пожалуйста.
Азат|azat@mail.ru||Не понял последнее предложение: до голосования или после?
Степан|stepan@mail.ru||Купил такой в марте за 12 тысяч, в июне сломался. Больше не возьму.
Ирина|irina@gmail.com||У нас в Казани то же самое, только бумажек больше.
Гриша|grisha@gmail.com|http://grisha.blogspot.com/|Хорошо написано. Добавлю только, что старая программа жива, её переименовали: https://github.com/oldtool/oldtool
Соня|sonya@mail.ru||Спасибо за рецепт, в воскресенье испекли, сахара положили вдвое меньше, дети съели всё.
Коля|kolya@mail.ru||Пензу забыли :)
Надя|nadya@mail.ru||До слёз. Спасибо, что написали.
>Паша|pasha@mail.ru||Я тоже там был, в пятом ряду. Докладчик сказал ровно обратное.
Валентина|valya@mail.ru||Где можно скачать программу конференции?
Ян|yan@gmail.com|https://yan.name|Не соглашусь. Открытый формат ничего не стоит, если его читает одна программа.
Лёша|lesha@mail.ru||ок, спасибо
Диана|diana@mail.ru||Напишите ещё про музей, у меня там отец работал.
Эдуард|ed@mail.ru|http://edik-foto.ru|Из-за этой записи поставил линукс. Жена передаёт вам привет.
Люба|lyuba@mail.ru||А можно подписаться по почте? Я RSS не пользуюсь.
Лев|lev@mail.ru||И кто за это будет платить?
Филипп|filipp@mail.ru||Карта вверх ногами.
~Олеся|olesya@mail.ru||Простите, что по-русски: а где это происходило?
Артемий|artemiy@gmail.com|https://artemiy.blog|Тест нечестный: у одной стороны кеш прогрет. Запустите два раза и смотрите на второе число.
Рита|rita@mail.ru|http://rita-vyazhet.ru|Бабушка вязала такие из шерсти, тридцать лет носили.
Лёня|leonya@gmail.com|https://vk.com/leonya|Цитата из письма, а не из речи, вот оно целиком: https://ru.wikisource.org/wiki/Письма
Тамара|tamara@mail.ru|https://tamara-sad.livejournal.com|У меня зацвела в апреле, а потом ударил мороз.
Зоя|zoya@mail.ru||Согласна с предыдущим комментарием, дело не в деньгах, а в людях.
Антон|anton@mail.ru||Да хватит уже врать, никаких шести миллионов там не было, откройте бюджет и посчитайте.
Михаил|mikhail@gmail.com|https://habr.com/ru/users/mikhail/|Автор путает два разных понятия: электронную подпись и электронный документ. Из-за этого весь дальнейший разговор теряет смысл.
Оля|olya@mail.ru||Спасибо за статью! А где почитать подробнее про третий способ?
Денис|denis@mail.ru||Автору спасибо, давно хотел разобраться, да руки не доходили.
Стас|stas@mail.ru||жесть
Полина|polina@mail.ru||Интересная статья, только про Новосибирск неправда: у нас метро открыли в 1986-м.
`

/** Made-up counts: how often the seed's responses hold a token, and how many responses there are. */
export interface Seed {
	texts: Counts
	tokens: Map<string, Counts>
}

let known: Seed | undefined

/** What the filter knows before it has learnt anything; made at the first call. */
export function seedCounts(): Seed {
	known ??= countAll(seedSamples())
	return known
}

/** The seed as samples. */
export function seedSamples(): { as: 'spam' | 'ham'; sample: Sample }[] {
	return [
		...read(SPAM_EN, 'spam', 'en'),
		...read(SPAM_RU, 'spam', 'ru'),
		...read(HAM_EN, 'ham', 'en'),
		...read(HAM_RU, 'ham', 'ru'),
	]
}

function read(lines: string, as: 'spam' | 'ham', locale: string) {
	return lines
		.trim()
		.split('\n')
		.map((line) => ({ as, sample: readLine(line, locale) }))
}

function readLine(line: string, locale: string): Sample {
	const [first = '', email = '', url = '', text = ''] = line.split('|')
	const html = renderComment(text.replaceAll('\\n', '\n'))
	const sign = /^[>~]/.exec(first)?.[0]
	const name = first.slice(sign?.length ?? 0)
	return { kind: 'comment', name, email, url, html, locale, isReply: sign === '>', isForeign: sign === '~' }
}

function countAll(samples: { as: 'spam' | 'ham'; sample: Sample }[]): Seed {
	const seed: Seed = { texts: { spam: 0, ham: 0 }, tokens: new Map() }
	for (const { as, sample } of samples) {
		seed.texts[as]++
		for (const token of tokensOf(sample).keys()) {
			const counts = seed.tokens.get(token) ?? { spam: 0, ham: 0 }
			counts[as]++
			seed.tokens.set(token, counts)
		}
	}
	return seed
}
