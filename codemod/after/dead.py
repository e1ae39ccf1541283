import re,subprocess
def sub(p,a,b,count=1):
    try: s=open(p).read()
    except FileNotFoundError: print('gone',p); return
    n=re.sub(a,b,s,count=count,flags=re.M)
    if n==s: print('no match',p,a)
    open(p,'w').write(n)
sub('bench/terminal.ts',r'^export const size =','const size =')
sub('src/api/lineworks/map.ts',r'^export function renewalOf','function renewalOf')
sub('src/journal/id.ts',r'/\*\* The smallest id that an entry of this time can have\. \*/\nexport function idAt\(.*\n.*\n\}\n\n','')
sub('src/journal/sqlite/steps-table.ts',r'^export function (packStep|unpackStep)',r'function \1',2)
sub('src/screens/notifications.ts',r'^export function notification\b','function notification')
sub('src/store/row-codec.ts',r'^export function encodeRow\b','function encodeRow')
sub('src/commands/keys/effects/export.ts',r'\nexport type \{ Which \};\n','')
sub('src/query/cache-reader.ts',r'\nexport type \{ NodeFact, Page, Reading \};\n','')
sub('src/query/cache-reader.ts',r"^import type \{ NodeFact, Page, Reading \} from '../api/contract.ts';\n",'')
