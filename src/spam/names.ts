const RUSSIAN = `
александр александра алекс алексей алёна алена алина алиса алла альберт анастасия анатолий ангелина андрей аня анна
антон антонина арина аркадий артем артём артур ася богдан борис боря вадим валентин валентина валерий валерия валера
варвара варя василий василиса вася вера вероника виктор виктория витя виталий влад владимир владислав владислава вова
володя всеволод вячеслав галина галя геннадий гена георгий герман глеб гоша григорий гриша даниил данила данил даша
дарья даня денис дима дмитрий ева евгений евгения егор екатерина елена елизавета ефим женя жанна захар зинаида зоя иван
ваня игорь илья инна ира ирина ия карина катя кира кирилл клавдия клим константин костя ксения ксюша лариса лев лёва
лена леонид лёня лера лёша леша лиза лида лидия люба любовь люда людмила макар максим макс маргарита рита марина мария
марк марта маша матвей миша михаил мила милана надежда надя наталия наталья наташа настя никита николай коля нина оксана
олег олеся оля ольга павел паша петр пётр петя полина рада раиса ренат ринат родион роман рома руслан рустам савелий саша
света светлана святослав семен семён сергей серёга серега серёжа сережа слава соня софия софья станислав стас степан
тамара таня таисия тарас татьяна тимофей тимур тихон толя ульяна фаина федор фёдор федя филипп эдуард эльвира эмма юлия
юля юра юрий яков яна ярослав айгуль айдар азат алия ахмед гульнара дамир ильдар ислам камиль лейла марат нурлан рамиль
тигран армен арсен давид арсений оксана остап микола олександр сергій дмитро андрій михайло кастусь янка`
const LATIN = `
aaron abigail adam adrian ahmed aisha alan albert alejandro alex alexander alexandra alexei alexey alfred ali alice alina
alison amanda amir amy ana anastasia anders andre andrea andreas andrei andrew andrey andy angela anita ann anna anne anton
antonio arjun arthur artem ashley barbara beatrice ben benjamin bernard beth bill billy bob boris brad brandon brenda brian
bridget bruce bruno caleb cameron camille carl carla carlos carol caroline catherine cecilia charles charlie charlotte chen
chloe chris christian christina christine christopher claire clara colin connor craig cynthia dan dana daniel daniela dave
david dawn dean deborah denis dennis derek diana diego dmitri dmitry dominic don donald donna doris dorothy doug duncan
dylan ed eddie edith eduardo edward eileen elaine elena eli elizabeth ella ellen elena emily emma eric erica erik ethan
eugene eva evan evelyn fatima felix fiona florian frances francesca francis francois frank fred frederick gabriel gareth
gary gavin gemma geoff george gerald gerard giovanni giulia glen gordon grace graham greg gregory guy hannah hans harold
harry hassan heather heidi helen helena henri henry holly howard hugh hugo ian igor ilya ines ingrid irene irina isaac
isabel isabella ivan jack jacob jake james jamie jan jane janet jason jay jean jeff jen jennifer jenny jeremy jerry jess
jessica jill jim joan joanna joe joel johan john johnny jon jonathan jordan jorge jose joseph josh joshua joyce juan judith
judy julia julian julie karen karl kate katherine kathleen kathy katie katrin keith kelly ken kenneth kevin kim kirill
konstantin kumar kurt kyle lara larry laura lauren leah lee lena leo leon leonard leonid lewis liam lily linda lisa liz
logan lorenzo lou louis louise luca lucas lucia lucy luis luke lydia maggie magnus maksim manuel marc marco marcus margaret
maria marie marina mario marion mark marta martha martin martina mary mateo matt matteo matthew maureen max maxim megan mei
melanie melissa mia michael michel michele miguel mike mikhail mila miriam mohamed mohammed moira molly monica morgan
muhammad nadia nancy naomi natalia natalie natasha nathan neil nicholas nick nicola nicolas nicole nigel nikita nikolai nina
noah noel nora norman oksana oleg olga oliver olivia omar oscar owen pablo pamela pat patricia patrick paul paula pauline
pavel pedro pete peter petr phil philip philippe phoebe pierre polina priya rachel rafael rahul raj ralph ramon ray raymond
rebecca renata ricardo richard rick rob robert roberta roberto robin roger roman ron ronald rory rosa rose rosie ross roy
ruben ruslan russell ruth ryan sally sam samantha samir samuel sandra sara sarah sasha scott sean sebastian sergei sergey
sergio shane sharon shaun sheila simon simone sofia sonia sophia sophie stan stanislav stefan stella stephanie stephen steve
steven stuart sue susan susanna svetlana sven sylvia tanya tara tatiana ted teresa terry theo thomas tim timothy tina toby
todd tom tomas tony tracy trevor ursula valentina valerie vanessa vera veronica victor victoria vincent viktor virginia
vivian vlad vladimir wade walter wanda wayne wei wendy will william xavier yana yaroslav yasmin yulia yuri yusuf yves zach
zoe zoltan ngozi chinedu kwame hiroshi yuki kenji akira sanjay anil deepak sunita lakshmi ravi vikram nguyen minh`

const NAMES = new Set(`${RUSSIAN} ${LATIN}`.trim().replaceAll('ё', 'е').split(/\s+/))

/** Whether a folded word is a given name that people in Russian- or English-speaking blogs often have. */
export function isGivenName(word: string): boolean {
	return NAMES.has(word)
}
