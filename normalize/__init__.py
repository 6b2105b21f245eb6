"""Words → restored text, every change written down. Imports `ocr` only.

Each part imports only those below it, and import-linter holds it to that:

| part | what it tells |
| --- | --- |
| `train` | text and pairs → the file of the model |
| `restore` | a text → the restored text with its changes, certainties and regimes |
| `repairs` | what is put right beside it by rules: figures, ranges, lists, Đ of bodies, names in words |
| `lexicon` | closed lists to link names to: units, criteria, types, agencies |
| `decoder` | pieces → what each is taken for |
| `model` | what was learnt of words and the words around them |
| `channel` | what was learnt of how readers damage letters: a word as read → what it may have been |
| `pieces` | a text cut into words and tokens, each with its regime |
| `text`, `match` | `Text`, a string that knows its words; the best name for a reading |
| `syllable`, `confusion` | how words are spelled; how far a reading lies from a name |
| `fold`, `letters`, `data` | marks off; classes of letters; where the files of data stand |
"""
