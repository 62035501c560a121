@echo off
rem Starts the course command, and builds it first where its sources are not those that were built. `course --help` tells the rest.
setlocal
set "COURSE_ROOT=%~dp0."
set "work=%COURSE_ROOT%\src\Course.Cli\obj\course"
set "program=%COURSE_ROOT%\src\Course.Cli\bin\Debug\net10.0\course.dll"
set "sdk=the .NET 10 SDK: https://dotnet.microsoft.com/download"

where dotnet >nul 2>nul || (
  echo course: there is no dotnet here. Install %sdk% >&2
  exit /b 2
)
call :fresh || call :build || exit /b 2
dotnet "%program%" %*
exit /b %errorlevel%

rem Whether what was built is built from the sources as they are: robocopy compares them with a copy, by size and time.
:fresh
if not exist "%work%\built" exit /b 1
if not exist "%program%" exit /b 1
if not exist "%COURSE_ROOT%\notebooks\setup.csx" exit /b 1
robocopy "%COURSE_ROOT%\src" "%work%\src" /MIR /L /XD bin obj /NJH /NJS /NP /NDL /NFL /NS /NC >nul
if errorlevel 1 exit /b 1
robocopy "%COURSE_ROOT%" "%work%\root" Directory.*.props global.json /L /NJH /NJS /NP /NDL /NFL /NS /NC >nul
if errorlevel 1 exit /b 1
exit /b 0

rem One build at a time: a folder can be made once. Who waits longer than any build takes goes on.
:build
set /a waited=0
if not exist "%work%" md "%work%"
:wait
md "%work%\building" 2>nul && goto locked
if %waited% equ 0 echo course: waiting for the build that another course is at >&2
set /a waited+=1
if %waited% lss 300 (
  ping -n 2 127.0.0.1 >nul
  goto wait
)
:locked
call :make
set "status=%errorlevel%"
rd "%work%\building" 2>nul
exit /b %status%

:make
call :fresh && exit /b 0
pushd "%COURSE_ROOT%"
dotnet --version >nul 2>nul || (
  popd
  echo course: this dotnet has no SDK of version 10. The course needs %sdk% >&2
  exit /b 2
)
echo course: building, since the sources are not those that were built; the first time takes a minute ... >&2
if exist "%work%\built" del "%work%\built"
robocopy src "%work%\src" /MIR /XD bin obj >nul
robocopy . "%work%\root" Directory.*.props global.json >nul
set "DOTNET_NOLOGO=1"
dotnet msbuild src\Course.Cli -restore -nologo -verbosity:quiet >&2 || (
  popd
  echo course: it could not be built; what is wrong stands above >&2
  exit /b 2
)
popd
type nul > "%work%\built"
exit /b 0
