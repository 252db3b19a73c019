import { type Rendered, renderDocument } from '../../src/markdown/document.ts'
import type { RenderStrings } from '../../src/markdown/strings.ts'

export const strings: RenderStrings = {
	footnotes: 'Примечания',
	footnoteBack: 'К тексту, сноска {0}',
	video: 'Смотреть видео: {0}',
	table: 'Таблица',
	image: 'Картинка',
	taskDone: 'Сделано',
	taskOpen: 'Не сделано',
}

export function markdown(source: string, locale = 'ru'): Rendered {
	return renderDocument({ source, format: 'markdown', locale, strings })
}

export function html(source: string, locale = 'en'): Rendered {
	return renderDocument({ source, format: 'html', locale, strings })
}
