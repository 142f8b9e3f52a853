; What the installer does besides laying out files: links that begin with siloscope: are ours, and the command line is on
; the search path, of this user or of everybody as the installation is. The uninstaller takes both back, unless it only
; makes room for a newer version.

!macro changePathEntry ARGUMENTS
  nsExec::Exec '"$INSTDIR\resources\cli\node.exe" "$INSTDIR\resources\cli\out\cli\path-entry.js" ${ARGUMENTS}'
  Pop $R0
  ${if} $R0 != 0
    DetailPrint "The search path was left as it is ($R0): bin\siloscope.cmd is the command line."
  ${endIf}
!macroend

!macro changeSearchPath ACT
  ${if} $installMode == "all"
    !insertmacro changePathEntry '${ACT} "$INSTDIR\bin" --machine'
  ${else}
    !insertmacro changePathEntry '${ACT} "$INSTDIR\bin"'
  ${endIf}
!macroend

!macro customInstall
  ; A copy of this user's own was just taken away for the one for everybody, as an older version is: what it had put down
  ; for this user would go before what everybody gets, and lead nowhere.
  ${if} $installMode == "all"
  ${andIf} $perUserInstallationFolder != ""
    !insertmacro changePathEntry 'remove "$perUserInstallationFolder\bin"'
    DeleteRegKey HKCU "Software\Classes\siloscope"
  ${endIf}
  WriteRegStr SHELL_CONTEXT "Software\Classes\siloscope" "" "URL:Siloscope"
  WriteRegStr SHELL_CONTEXT "Software\Classes\siloscope" "URL Protocol" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\siloscope\DefaultIcon" "" "$appExe,0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\siloscope\shell\open\command" "" '"$appExe" "%1"'
  !insertmacro changeSearchPath add
!macroend

; What the app wrote for each of its users: for a notification a link in the Start menu, beside the one for everybody, and
; the class behind it, and the start at sign-in. The registry of who is not signed in is out of reach; what is left there
; starts nothing. Who has a copy of their own keeps all of it: that copy may have written it.
!macro removeOfUsers
  !define PROFILES "SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList"
  StrCpy $R1 0
  ${do}
    EnumRegKey $R2 HKLM "${PROFILES}" $R1
    ${if} $R2 == ""
      ${exitDo}
    ${endIf}
    ReadRegStr $R3 HKLM "${PROFILES}\$R2" ProfileImagePath
    ExpandEnvStrings $R3 $R3
    ${ifNot} ${FileExists} "$R3\AppData\Local\Programs\${APP_FILENAME}\${APP_EXECUTABLE_FILENAME}"
      Delete "$R3\AppData\Roaming\Microsoft\Windows\Start Menu\Programs\Siloscope.lnk"
      DeleteRegKey HKU "$R2_Classes\CLSID\{51F84FE2-E661-4DA8-B8DB-907D6A87C61C}"
      DeleteRegValue HKU "$R2\Software\Microsoft\Windows\CurrentVersion\Run" "dev.siloscope.app"
    ${endIf}
    IntOp $R1 $R1 + 1
  ${loop}
  !undef PROFILES
!macroend

!macro customUnInstall
  ${ifNot} ${isUpdated}
    !insertmacro changeSearchPath remove
    DeleteRegKey SHELL_CONTEXT "Software\Classes\siloscope"
    ; The app writes these for its user when it runs: the class, and the links below, for its first notification.
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "dev.siloscope.app"
    ; And "siloscope serve --at-sign-in on" one of these, for whoever asked.
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "Siloscope serve"
    nsExec::Exec '"$SYSDIR\schtasks.exe" /delete /tn "Siloscope serve" /f'
    Pop $R0
    DeleteRegKey HKCU "Software\Classes\CLSID\{51F84FE2-E661-4DA8-B8DB-907D6A87C61C}"
    SetShellVarContext current
    ; A copy of the installer, of which an update fetches only what differs, and what was fetched.
    RMDir /r "$LOCALAPPDATA\siloscope-updater"
    ${if} $installMode == "all"
      SetShellVarContext all
      !insertmacro removeOfUsers
    ${endIf}
  ${endIf}
!macroend
