import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, Spinner } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { useMutation } from '@tanstack/react-query'
import { api, askFile } from '@/api/client'
import type { components } from '@/api/schema'
import { csvFile } from '../grid/csv'
import type { Arranged } from '../grid/useGrid'
import { problemWords } from '../i18n/problem'
import { currentLanguage, t } from '../i18n/translate'
import { notify } from '../notify'
import { timeZone } from '../time/day'
import { mainPart } from '../ui/main-part'
import { save } from './save'
import { typedTable } from './typed'

export type ExportFile = components['schemas']['ExportFile']
type Format = ExportFile['format']

const FORMATS: [Format, string][] = [
  ['csv', 'CSV'],
  ['xlsx', 'Excel (XLSX)'],
  ['pdf', 'PDF'],
]

type Props<R> = {
  grid: Arranged<R>
  title: string
  /** What was filtered, as name and value in words. */
  about?: [string, string][]
  /** What the server makes of a page that has not loaded everything; otherwise what is shown goes into the file. */
  make?: (file: ExportFile) => Promise<Blob>
}

/** Takes along exactly what is shown, in the format that is wanted. */
export function ExportMenu<R>({ grid, title, about = [], make }: Props<R>) {
  const made = useMutation({
    mutationFn: async (format: Format) => {
      const file = { title, about: about.map(([name, value]) => ({ name, value })), format, time_zone: timeZone(), language: currentLanguage() }
      save(`${title}.${format}`, await (make ? make(file) : format === 'csv' ? csvFile(grid) : tableFile(grid, file)))
    },
    onError: (problem) => notify({ intent: 'error', title: problemWords(problem) }),
  })
  return (
    <Menu mountNode={mainPart()}>
      <MenuTrigger disableButtonEnhancement>
        <Button
          icon={made.isPending ? <Spinner size="tiny" /> : <ArrowDownloadRegular />}
          disabledFocusable={grid.rows.length === 0 || made.isPending}
          aria-busy={made.isPending}
          data-testid="export"
        >
          {t('figures.export')}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {FORMATS.map(([format, name]) => (
            <MenuItem key={format} onClick={() => made.mutate(format)} data-testid={`export-${format}`}>
              {name}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}

function tableFile<R>(grid: Arranged<R>, file: ExportFile): Promise<Blob> {
  return askFile(api.POST('/api/v1/exports', { body: { file, ...typedTable(grid) }, parseAs: 'blob' }))
}
