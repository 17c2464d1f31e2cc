@echo off
rem Opens the preview of this site in the browser. Close this window to end it.
setlocal
cd /d "%~dp0"
set "APP="
if exist "%~dp0parkpress.exe" set "APP=%~dp0parkpress.exe"
if not defined APP for %%I in (parkpress.exe) do set "APP=%%~$PATH:I"
if not defined APP goto missing
"%APP%" serve --open --root "%~dp0."
if errorlevel 1 pause
exit /b
:missing
echo parkpress.exe was not found.
echo Put it into this folder, beside this file, and try again.
pause
exit /b 2
