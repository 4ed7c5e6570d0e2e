; The installer of KC Desktop, for one Windows user, without administrator rights. build.py calls makensis with
;   VERSION, FOLDER (what PyInstaller built), ICON, LANGUAGES (NSIS's Vietnamese made NFC), TARGET, and at will
;   ARCHITECTURE and SIGN (a command with "%1" for the file, here the uninstaller; build.py signs the installer, last).
;
; Setup.exe [/S] [/CLOSE] [/OPEN] [/D=folder]
;   /S       no windows            /CLOSE   with /S: ask a running program to close instead of giving up at once
;   /OPEN    start the program when done, on the file that was open last (how it comes back from its own update)
; Uninstall.exe [/S] [/CLOSE] [/SETTINGS]
;   /SETTINGS  remove the program's settings and logs too. Data files (.kcdb) are never touched.
; Exit codes: 0 done, 1 cancelled, 2 failed, 3 the program is still running, 4 this Windows is too old.

Unicode true
!ifdef ARCHITECTURE
  Target ${ARCHITECTURE}
!endif
SetCompressor /SOLID /FINAL lzma
SetCompressorDictSize 64
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
AllowSkipFiles off
ShowInstDetails nevershow
ShowUninstDetails nevershow

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh

!define PRODUCT "KC Desktop"
!define TITLE "KC Desktop – Quản lý khuyến công"
!define PROGRAM "KC-Desktop.exe"
!define COMMAND_LINE "kc-desktop-cli.exe"
!define KEY "Software\KCDesktop"
!define CLASS "KCDesktop.DataFile"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\KCDesktop"
!define SETTINGS "$LOCALAPPDATA\KCDesktop"
!define SHORTCUT "$SMPROGRAMS\${TITLE}.lnk"
; Every window of the program waits on this event (ui/closing.py); setting it asks them to close.
!define CLOSE_EVENT "Local\KCDesktop-please-close"
!define WAIT_STEPS 40 ; of half a second
!define EXIT_FAILED 2
!define EXIT_RUNNING 3
!define EXIT_OLD_WINDOWS 4

Name "${TITLE}"
BrandingText "${PRODUCT} ${VERSION}"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\${PRODUCT}"
InstallDirRegKey HKCU "${KEY}" "InstallDir"
!ifdef SIGN
  !uninstfinalize '${SIGN}'
!endif

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1066 "ProductName" "${PRODUCT}"
VIAddVersionKey /LANG=1066 "CompanyName" "${PRODUCT}"
VIAddVersionKey /LANG=1066 "FileDescription" "Bộ cài đặt ${TITLE}"
VIAddVersionKey /LANG=1066 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1066 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1066 "LegalCopyright" "MIT License"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "side.bmp"
!define MUI_ABORTWARNING
!define MUI_LANGDLL_WINDOWTITLE "${PRODUCT}"
!define MUI_LANGDLL_INFO "Chọn ngôn ngữ / Please choose a language"
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "${KEY}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "Language"
!define MUI_WELCOMEPAGE_TITLE "$(WelcomeTitle)"
!define MUI_WELCOMEPAGE_TEXT "$(WelcomeText)"
!define MUI_FINISHPAGE_TITLE "$(FinishTitle)"
!define MUI_FINISHPAGE_TEXT "$(FinishText)"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_FINISHPAGE_RUN_TEXT "$(FinishRun)"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(RemoveText)"

!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipWhenUpgrading
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE RefuseUnwritable
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGEEX "${LANGUAGES}" "Vietnamese"
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_RESERVEFILE_LANGDLL

LangString WelcomeTitle ${LANG_VIETNAMESE} "Cài đặt ${PRODUCT} ${VERSION}"
LangString WelcomeTitle ${LANG_ENGLISH} "Install ${PRODUCT} ${VERSION}"
LangString WelcomeText ${LANG_VIETNAMESE} "Phần mềm quản lý khuyến công: chương trình, kinh phí, cộng tác viên, cuộc họp và văn bản.$\r$\n$\r$\nChương trình được cài cho riêng tài khoản Windows này, không cần quyền quản trị và không cần mạng. Nếu máy đã có bản cũ, bản mới thay vào đó; tệp dữ liệu và thiết lập giữ nguyên.$\r$\n$\r$\n$_CLICK"
LangString WelcomeText ${LANG_ENGLISH} "Software for industry-promotion centres: programmes, money, collaborators, meetings and official papers.$\r$\n$\r$\nThe program is installed for this Windows account only, without administrator rights and without network. An older version is replaced; data files and settings stay as they are.$\r$\n$\r$\n$_CLICK"
LangString FinishTitle ${LANG_VIETNAMESE} "Đã cài xong ${PRODUCT} ${VERSION}"
LangString FinishTitle ${LANG_ENGLISH} "${PRODUCT} ${VERSION} is installed"
LangString FinishText ${LANG_VIETNAMESE} "Mở chương trình từ trình đơn Start: “${TITLE}”, hoặc nháy đúp vào tệp dữ liệu có đuôi .kcdb."
LangString FinishText ${LANG_ENGLISH} "Open the program from the Start menu: “${TITLE}”, or double-click a data file (.kcdb)."
LangString FinishRun ${LANG_VIETNAMESE} "Mở chương trình ngay"
LangString FinishRun ${LANG_ENGLISH} "Open the program now"
LangString RemoveText ${LANG_VIETNAMESE} "Chương trình sẽ được gỡ khỏi tài khoản Windows này. Các tệp dữ liệu (.kcdb) luôn được giữ nguyên."
LangString RemoveText ${LANG_ENGLISH} "The program will be removed from this Windows account. Data files (.kcdb) are always kept."
LangString DataFile ${LANG_VIETNAMESE} "Dữ liệu khuyến công"
LangString DataFile ${LANG_ENGLISH} "KC Desktop data"
LangString AskToClose ${LANG_VIETNAMESE} "${PRODUCT} đang mở.$\r$\n$\r$\nBấm OK để chương trình tự đóng; nếu có nội dung chưa lưu, chương trình sẽ hỏi trước khi đóng."
LangString AskToClose ${LANG_ENGLISH} "${PRODUCT} is open.$\r$\n$\r$\nPress OK to have it close; it asks first if something has not been saved."
LangString StillOpen ${LANG_VIETNAMESE} "${PRODUCT} vẫn đang mở.$\r$\n$\r$\nLưu công việc, đóng chương trình, rồi bấm Thử lại (Retry)."
LangString StillOpen ${LANG_ENGLISH} "${PRODUCT} is still open.$\r$\n$\r$\nSave your work, close the program, then press Retry."
LangString NotWritable ${LANG_VIETNAMESE} "Không ghi được vào thư mục đã chọn.$\r$\n$\r$\nChọn một thư mục khác, chẳng hạn thư mục chương trình đề nghị lúc đầu."
LangString NotWritable ${LANG_ENGLISH} "Cannot write to this folder.$\r$\n$\r$\nChoose another one, for example the folder proposed at first."
LangString OldWindows ${LANG_VIETNAMESE} "Chương trình cần Windows 10 (64 bit) trở lên."
LangString OldWindows ${LANG_ENGLISH} "The program needs 64-bit Windows 10 or newer."
LangString AskSettings ${LANG_VIETNAMESE} "Xóa cả thiết lập và nhật ký của chương trình?$\r$\n$\r$\nCác tệp dữ liệu (.kcdb) vẫn được giữ nguyên. Chọn Không (No) nếu còn cài lại chương trình."
LangString AskSettings ${LANG_ENGLISH} "Remove the program's settings and logs too?$\r$\n$\r$\nData files (.kcdb) are kept in any case. Choose No if the program is to be installed again."

; A program that is open cannot be replaced. It is asked to close, never ended.
!macro CLOSING un
  ; $0 = 1 when a window or a command of the program is at work
  Function ${un}IsRunning
    StrCpy $0 0
    System::Call 'kernel32::OpenEventW(i 0x100002, i 0, w "${CLOSE_EVENT}") p .r1'
    ${If} $1 P<> 0
      System::Call 'kernel32::CloseHandle(p r1)'
      StrCpy $0 1
      Return
    ${EndIf}
    StrCpy $2 "$INSTDIR\${PROGRAM}"
    Call ${un}IsInUse
    StrCpy $2 "$INSTDIR\${COMMAND_LINE}"
    Call ${un}IsInUse
  FunctionEnd

  ; $0 = 1 when the file $2 is an exe at work: such a file cannot be opened for writing
  Function ${un}IsInUse
    ${If} ${FileExists} "$2"
      ClearErrors
      FileOpen $1 "$2" a
      ${If} ${Errors}
        StrCpy $0 1
      ${Else}
        FileClose $1
      ${EndIf}
    ${EndIf}
  FunctionEnd

  Function ${un}RequestClose
    System::Call 'kernel32::OpenEventW(i 0x100002, i 0, w "${CLOSE_EVENT}") p .r1'
    ${If} $1 P<> 0
      System::Call 'kernel32::SetEvent(p r1)'
      Sleep 1000
      System::Call 'kernel32::ResetEvent(p r1)'
      System::Call 'kernel32::CloseHandle(p r1)'
    ${EndIf}
  FunctionEnd

  Function ${un}MakeSureItIsClosed
    Call ${un}IsRunning
    ${If} $0 = 0
      Return
    ${EndIf}
    ${If} ${Silent}
      ${GetParameters} $3
      ClearErrors
      ${GetOptions} $3 "/CLOSE" $4
      ${If} ${Errors}
        SetErrorLevel ${EXIT_RUNNING}
        Quit
      ${EndIf}
    ${Else}
      MessageBox MB_OKCANCEL|MB_ICONINFORMATION "$(AskToClose)" IDOK request
      SetErrorLevel 1
      Quit
    ${EndIf}
    request:
    Call ${un}RequestClose
    ${ForEach} $5 1 ${WAIT_STEPS} + 1
      Call ${un}IsRunning
      ${If} $0 = 0
        Return
      ${EndIf}
      Sleep 500
    ${Next}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(StillOpen)" /SD IDCANCEL IDRETRY request
    SetErrorLevel ${EXIT_RUNNING}
    Quit
  FunctionEnd
!macroend
!insertmacro CLOSING ""
!insertmacro CLOSING "un."

Function .onInit
  StrCpy $LANGUAGE ${LANG_VIETNAMESE}
  !insertmacro MUI_LANGDLL_DISPLAY
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "$(OldWindows)" /SD IDOK
    SetErrorLevel ${EXIT_OLD_WINDOWS}
    Quit
  ${EndIf}
FunctionEnd

Function SkipWhenUpgrading
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    Abort
  ${EndIf}
FunctionEnd

; $0 = 1 when files can be written to $INSTDIR
Function IsWritable
  StrCpy $0 0
  ClearErrors
  CreateDirectory "$INSTDIR"
  FileOpen $1 "$INSTDIR\Uninstall.new" w
  ${IfNot} ${Errors}
    FileClose $1
    Delete "$INSTDIR\Uninstall.new"
    StrCpy $0 1
  ${EndIf}
  RMDir "$INSTDIR" ; only when nothing is in it
FunctionEnd

Function RefuseUnwritable
  Call IsWritable
  ${If} $0 = 0
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(NotWritable)"
    Abort
  ${EndIf}
FunctionEnd

; The old version is moved aside whole and brought back when the new one cannot be written.
!macro MOVE_ASIDE name
  ${If} ${FileExists} "$INSTDIR\${name}"
    Rename "$INSTDIR\${name}" "$INSTDIR\${name}.old"
  ${EndIf}
!macroend
!macro BRING_BACK name
  ${If} ${FileExists} "$INSTDIR\${name}.old"
    RMDir /r "$INSTDIR\${name}"
    Delete "$INSTDIR\${name}"
    Rename "$INSTDIR\${name}.old" "$INSTDIR\${name}"
  ${EndIf}
!macroend
!macro REMOVE_NEW name
  RMDir /r "$INSTDIR\${name}"
  Delete "$INSTDIR\${name}"
!macroend
!macro REMOVE_OLD name
  RMDir /r "$INSTDIR\${name}.old"
  Delete "$INSTDIR\${name}.old"
!macroend
!macro FOR_ALL_PARTS macro
  !insertmacro ${macro} "_internal"
  !insertmacro ${macro} "${PROGRAM}"
  !insertmacro ${macro} "${COMMAND_LINE}"
!macroend

Var HasBegun ; to write
Function .onInstFailed
  ${If} $HasBegun = 1
    SetOutPath "$TEMP" ; a folder one stands in cannot be removed
    !insertmacro FOR_ALL_PARTS REMOVE_NEW
    !insertmacro FOR_ALL_PARTS BRING_BACK
    ${IfNot} ${FileExists} "$INSTDIR\${PROGRAM}"
      Delete "$INSTDIR\Uninstall.exe"
      RMDir "$INSTDIR"
    ${EndIf}
  ${EndIf}
FunctionEnd

Section "-program"
  Call MakeSureItIsClosed
  Call IsWritable
  ${If} $0 = 0
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(NotWritable)" /SD IDOK
    SetErrorLevel ${EXIT_FAILED}
    Quit
  ${EndIf}
  ; of an update that was cut off the old version is what counts
  !insertmacro FOR_ALL_PARTS BRING_BACK
  ClearErrors
  !insertmacro FOR_ALL_PARTS MOVE_ASIDE
  ${If} ${Errors}
    !insertmacro FOR_ALL_PARTS BRING_BACK
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(StillOpen)" /SD IDOK
    SetErrorLevel ${EXIT_RUNNING}
    Quit
  ${EndIf}
  StrCpy $HasBegun 1
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}/*.*" ; on failure it offers to try again, then gives up: .onInstFailed
  ClearErrors
  WriteUninstaller "$INSTDIR\Uninstall.exe"
  ${If} ${Errors}
    Abort
  ${EndIf}
  !insertmacro FOR_ALL_PARTS REMOVE_OLD

  CreateShortcut "${SHORTCUT}" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "Version" "${VERSION}"

  WriteRegStr HKCU "Software\Classes\${CLASS}" "" "$(DataFile)"
  WriteRegStr HKCU "Software\Classes\${CLASS}\DefaultIcon" "" "$INSTDIR\${PROGRAM},0"
  WriteRegStr HKCU "Software\Classes\${CLASS}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  WriteRegStr HKCU "Software\Classes\.kcdb" "" "${CLASS}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${TITLE}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${PRODUCT}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" $0
SectionEnd

Function .onInstSuccess
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/OPEN" $1
  ${IfNot} ${Errors}
    Exec '"$INSTDIR\${PROGRAM}"'
  ${EndIf}
FunctionEnd

Function un.onInit
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

Section "Uninstall"
  Call un.MakeSureItIsClosed
  Delete "${SHORTCUT}"
  RMDir /r "$INSTDIR\_internal"
  !insertmacro FOR_ALL_PARTS REMOVE_OLD
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\${COMMAND_LINE}"
  Delete "$INSTDIR\Uninstall.exe"
  RMDir "$INSTDIR" ; stays when somebody keeps a file of their own there
  ReadRegStr $0 HKCU "Software\Classes\.kcdb" ""
  ${If} $0 == "${CLASS}"
    DeleteRegValue HKCU "Software\Classes\.kcdb" ""
    DeleteRegKey /ifempty HKCU "Software\Classes\.kcdb"
  ${EndIf}
  DeleteRegKey HKCU "Software\Classes\${CLASS}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "${KEY}"

  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/SETTINGS" $1
  ${If} ${Errors}
    MessageBox MB_YESNO|MB_DEFBUTTON2|MB_ICONQUESTION "$(AskSettings)" /SD IDNO IDNO keep
  ${EndIf}
  RMDir /r "${SETTINGS}"
  keep:
SectionEnd
