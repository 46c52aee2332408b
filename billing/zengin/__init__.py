"""Files that banks read and write (全銀協規定形式), as pure functions between bytes and frozen values. No database."""
